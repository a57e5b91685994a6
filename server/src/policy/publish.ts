/** Publishing the policy of this program, as its host does it (C2, C248, C259). */
import { type OperatorFault, type PolicyDiff, policy, publishable, type Severity } from '@sotto/policy'
import { draftOf, notices } from '../http/notices.ts'
import type { Studio } from '../studio.ts'
import type { Published } from './versions.ts'

/** The host is not named, has no officer or no contact: nothing is published under nobody's name (G1). */
export class NotPublishableError extends Error {
  override name = 'NotPublishableError'
  readonly code = 'not_publishable'
  readonly faults: readonly OperatorFault[]
  constructor(faults: readonly OperatorFault[]) {
    super(`not published: ${faults.map(({ message }) => message).join('; ')}`)
    this.faults = faults
  }
}

/** What publishing did, or would do. */
export interface Publication {
  /** `undefined` where this very policy is published already. */
  readonly diff: (PolicyDiff & { readonly first: boolean }) | undefined
  /** The version that holds now; `undefined` after a dry run that would have made one. */
  readonly published: Published | undefined
}

/** Publishes the policy of this program for the studio's host. @throws NotPublishableError */
export async function publishPolicy(
  studio: Pick<Studio, 'config' | 'versions'>,
  options: { readonly at_least?: Severity; readonly dry_run?: boolean } = {},
): Promise<Publication> {
  const { operator } = studio.config
  const answer = publishable(policy, operator)
  if (!answer.publishable) throw new NotPublishableError(answer.faults)
  const draft = draftOf(operator, await notices(operator))
  const diff = studio.versions.difference(draft, options.at_least)
  if (options.dry_run) return { diff, published: diff === undefined ? studio.versions.last : undefined }
  return { diff, published: await studio.versions.publish(draft, 'operator', options.at_least) }
}
