/** Runs before each test file: a test that asserts nothing fails, and what a file served is removed. */
import { rmSync } from 'node:fs'
import { afterAll, beforeEach, expect } from 'vitest'
import { artifacts } from './helpers/artifacts-place.ts'

beforeEach(() => {
  expect.hasAssertions()
})

afterAll(() => rmSync(artifacts, { recursive: true, force: true }))
