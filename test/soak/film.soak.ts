/** A film of half an hour with 200 cuts: picture and sound of the result are where they should be, to the end. */
import { expectInStep, manyKeeps } from '@sotto/media/testing/in-step'
import { test } from 'vitest'

const minutes = Number(process.env.FILM_MINUTES ?? 30)

test(`picture and sound stay in step over 200 cuts in ${minutes} minutes`, async () => {
  await expectInStep(minutes * 60, manyKeeps(minutes * 60, 200))
})
