import type { Group } from './figures'
import { rateOf } from './figures'

export interface TrendTexts {
  accepted: string
  onTime: string
}

export interface TrendColours {
  ink: string
  soft: string
  line: string
  bars: string
  curve: string
}

/** What ECharts draws: appeals a day as bars, the share in time as a line with its own axis. */
export function trendOption(
  days: readonly Group[],
  texts: TrendTexts,
  colours: TrendColours,
  { size, family }: { size: number; family: string },
) {
  const text = { color: colours.soft, fontSize: size }
  const share = days.map((day) => {
    const rate = rateOf(day.rates, 'on_time_rate')
    return rate?.percent ?? null
  })
  return {
    // Another period is there at once.
    animation: false,
    // The letters are measured on a canvas, which knows no `inherit`.
    textStyle: { fontFamily: family },
    grid: { left: 8, right: 14, top: size, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: days.map((day) => day.key.slice(5)),
      axisLabel: { ...text, hideOverlap: true, padding: [0, size / 2] },
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
    },
    yAxis: [
      {
        type: 'value',
        minInterval: 1,
        axisLabel: text,
        splitLine: { lineStyle: { color: colours.line } },
      },
      {
        type: 'value',
        min: 0,
        max: 100,
        axisLabel: { ...text, formatter: '{value}%' },
        splitLine: { show: false },
      },
    ],
    series: [
      {
        name: texts.accepted,
        type: 'bar',
        data: days.map((day) => day.accepted ?? 0),
        itemStyle: { color: colours.bars },
        barMaxWidth: 28,
      },
      {
        name: texts.onTime,
        type: 'line',
        yAxisIndex: 1,
        data: share,
        connectNulls: false,
        symbol: 'diamond',
        symbolSize: 7,
        lineStyle: { color: colours.curve, width: 2 },
        itemStyle: { color: colours.curve },
      },
    ],
  }
}
