import type { TaskObserver } from './observer.ts'
import { quietly } from './quietly.ts'
import { harmless } from './task-event.ts'
import type { TaskListener } from './task-event.ts'

/** A listener whose events the observer hears first, where there is one. */
export function heardBy(observer: TaskObserver | undefined, listener: TaskListener | undefined): TaskListener {
  const listen = harmless(listener)
  if (!observer) return listen
  return (event) => {
    void quietly(() => observer.hear?.(event))
    listen(event)
  }
}
