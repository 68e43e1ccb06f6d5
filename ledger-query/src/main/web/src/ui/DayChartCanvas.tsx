import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DaySeries } from './DayChart';
import { grouped } from './format';

const HEIGHT = 200;
const NEURON_PER_0G = 10n ** 18n;
/** For pixels alone: an amount as a number of 0G, to a millionth. */
const pixels = (amount: bigint) => Number(amount / (NEURON_PER_0G / 1_000_000n)) / 1_000_000;

/** The bars of one chart: side by side where there are several series. */
export default function DayChartCanvas({ label, days, series }:
{ label: string; days: readonly string[]; series: readonly DaySeries[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = box.current;
    if (parent === null) {
      return undefined;
    }
    let plot: uPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = drawn(parent, days, series);
    };
    draw();
    const resized = new ResizeObserver(() => plot?.setSize({ width: parent.clientWidth, height: HEIGHT }));
    resized.observe(parent);
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    dark.addEventListener('change', draw);
    return () => {
      resized.disconnect();
      theme.disconnect();
      dark.removeEventListener('change', draw);
      plot?.destroy();
    };
  }, [days, series]);
  return <div ref={box} className="canvas" role="img" aria-label={`${label}; the same as a table is below`} />;
}

/** A colour of the style sheet, as a canvas takes it. */
function colour(parent: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  parent.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function drawn(parent: HTMLElement, days: readonly string[], series: readonly DaySeries[]): uPlot {
  const muted = colour(parent, 'muted');
  const line = colour(parent, 'line');
  const font = `12px ${getComputedStyle(parent).fontFamily}`;
  const axis = { stroke: muted, font, ticks: { stroke: line, width: 1 } };
  const places = days.map((_, i) => i);
  const width = 0.8 / series.length;
  return new uPlot({
    width: parent.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 8, 0, 0],
    scales: {
      x: { time: false, range: [-0.6, Math.max(days.length - 0.4, 6.6)] },
      y: { range: (_, least, most) => [Math.min(least, 0), Math.max(most * 1.1, 0.000001)] },
    },
    axes: [
      { ...axis, grid: { show: false }, incrs: [1, 2, 5, 10, 20, 50],
        values: (_, splits) => splits.map(each => days[each]?.slice(5) ?? '') },
      { ...axis, size: 56, grid: { stroke: line, width: 1 },
        values: (_, splits) => splits.map(each => shownNumber(each)) },
    ],
    series: [{}, ...series.map((each, i): uPlot.Series => ({
      label: each.name,
      fill: colour(parent, `chart-${each.kind}`),
      stroke: colour(parent, `chart-${each.kind}`),
      width: 0,
      points: { show: false },
      paths: uPlot.paths.bars!({ size: [width, 48], radius: 0.1,
        align: series.length === 1 ? 0 : i === 0 ? -1 : 1 }),
    }))],
  }, [places, ...series.map(each => each.amounts.map(amount => amount === undefined ? null : pixels(amount)))], parent);
}

function shownNumber(value: number): string {
  const [whole = '0', fraction] = String(Number(value.toPrecision(6))).split('.');
  return `${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}
