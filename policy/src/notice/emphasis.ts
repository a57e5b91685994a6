/** What a notice prints in bold: derived from the document (C5). */
import { categoriesOf } from '../consent/scope.ts'
import type { PolicyDocument } from '../language/document.ts'

/**
 * The categories that deserve a second look: sensitive (grade 4), used under a separate consent, or given to a
 * recipient (which includes everything that could leave the country).
 */
export function emphasised(document: PolicyDocument): ReadonlySet<string> {
  const found = new Set<string>()
  for (const [id, category] of Object.entries(document.categories)) if (category.grade === 4) found.add(id)
  for (const [id, purpose] of Object.entries(document.purposes)) {
    if (purpose.separate === true) for (const category of categoriesOf(document, id)) found.add(category)
  }
  for (const recipient of Object.values(document.recipients)) for (const category of recipient.gets) found.add(category)
  return found
}
