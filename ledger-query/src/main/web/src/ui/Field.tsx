import {
  useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes,
} from 'react';

interface About {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with the value. */
  readonly problem?: string | undefined;
}

/** An input with its label, what it means, and what is wrong with it. */
export function Field({ label, hint, problem, ...input }: About & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} aria-invalid={problem !== undefined}
        {...(described === '' ? {} : { 'aria-describedby': described })} />
      {hint && <p id={`${id}-hint`} className="hint">{hint}</p>}
      {problem && <p id={`${id}-problem`} className="wrong" role="alert">{problem}</p>}
    </div>
  );
}

/** A choice with its label. */
export function Choice({ label, hint, options, ...select }: About & { options: readonly (readonly [string, string])[] }
& SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} {...select} {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}>
        {options.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
      </select>
      {hint && <p id={`${id}-hint`} className="hint">{hint}</p>}
    </div>
  );
}

/** An input of several lines with its label. */
export function TextArea({ label, hint, problem, ...area }: About & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} {...area} aria-invalid={problem !== undefined}
        {...(described === '' ? {} : { 'aria-describedby': described })} />
      {hint && <p id={`${id}-hint`} className="hint">{hint}</p>}
      {problem && <p id={`${id}-problem`} className="wrong" role="alert">{problem}</p>}
    </div>
  );
}
