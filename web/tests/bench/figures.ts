import { percentile, type Painted } from './paint'

/** Goal of every list and board, ms at the browser, 95 of 100. */
export const goal = 300

const cell = (value: number): string => value.toFixed(0).padStart(6)

/** What was measured, screen by screen, in the order in which it was first seen. */
export class Figures {
  private readonly taken = new Map<string, Painted[]>()

  add(screen: string, one: Painted): void {
    this.taken.set(screen, [...(this.taken.get(screen) ?? []), one])
  }

  /** A line for each screen, and how many miss the goal. */
  told(): { lines: string[]; missed: number } {
    let missed = 0
    const lines = ['screen'.padEnd(44) + '   n    p50    p95   server p95']
    for (const [screen, all] of this.taken) {
      const of = (share: number): number =>
        percentile(
          all.map((one) => one.painted),
          share,
        )
      const answered = percentile(
        all.map((one) => one.answered),
        0.95,
      )
      const late = of(0.95) >= goal
      if (late) missed++
      lines.push(
        screen.padEnd(44) +
          String(all.length).padStart(4) +
          ` ${cell(of(0.5))} ${cell(of(0.95))} ${cell(answered)}${late ? '   MISSED' : ''}`,
      )
    }
    return { lines, missed }
  }
}
