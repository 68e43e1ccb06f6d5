import { useId, type ReactNode } from 'react';

/** A part of a page with a heading. */
export function Card({ title, actions, children, wide = false }:
{ title: ReactNode; actions?: ReactNode; children: ReactNode; wide?: boolean }) {
  const id = useId();
  return (
    <section className={wide ? 'card wide' : 'card'} aria-labelledby={id}>
      <header><h2 id={id}>{title}</h2>{actions && <div className="actions">{actions}</div>}</header>
      {children}
    </section>
  );
}

/** Numbers with their names, side by side. */
export function Figures({ children }: { children: ReactNode }) {
  return <dl className="figures">{children}</dl>;
}

/** One number with its name, and what it means below it. */
export function Figure({ name, children, note }: { name: ReactNode; children: ReactNode; note?: ReactNode }) {
  return <div><dt>{name}</dt><dd className="number">{children}</dd>{note && <dd className="note">{note}</dd>}</div>;
}
