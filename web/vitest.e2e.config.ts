import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const workers = Number(process.env.E2E_WORKERS ?? 1)

/** The screens first, which take longest, so that all workers end together; the API last, whose probe leaves much behind. */
const folders = ['e2e/screens', 'e2e/journeys', 'api']
const folderOf = ({ moduleId }: TestSpecification): number =>
  folders.findIndex((folder) => moduleId.includes(`/tests/${folder}/`))

class ByFolder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const longestFirst = await super.sort(files)
    return longestFirst.toSorted((a, b) => folderOf(a) - folderOf(b))
  }
}

/** Journeys in a real browser, and the API without one, against running servers; see tests/e2e/README.md. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['tests/{e2e,api}/**/*.test.ts'],
    // Each worker has an instance of its own, and one browser at a time: one leaves half of two cores idle.
    maxWorkers: workers,
    fileParallelism: workers > 1,
    // Files share a worker, its modules and its browser; what they leave behind is in contexts of their own.
    pool: 'forks',
    isolate: false,
    sequence: { sequencer: ByFolder },
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
