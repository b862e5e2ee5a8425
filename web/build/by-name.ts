import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Always the same order, whatever took long the last time. */
export class ByName extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1)))
  }
}
