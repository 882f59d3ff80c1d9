import { describe, expect, it } from 'vitest'
import { beside, pageFor, wrap } from '../../src/report/layout.ts'
import { columnsOf } from '../../src/util/text-width.ts'

const page = pageFor({ color: false, width: 40, home: '/home/sky' })

describe('wrap', () => {
  it('counts columns, and breaks Chinese between characters but not before its punctuation', () => {
    const lines = wrap('没有找到虚拟机监控程序，请先安装它。👍🏽 done', 20)
    expect(lines).toEqual(['没有找到虚拟机监控程', '序，请先安装它。👍🏽', 'done'])
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(20)
  })
  it('never breaks a path or an address', () => {
    const path = '/home/天空/很长的文件夹名称/虚拟机/磁盘映像.raw'
    expect(wrap(`see ${path} now`, 20)).toEqual(['see', path, 'now'])
  })
})

describe('a page', () => {
  it('writes the home as ~ where a shell would expand it, and nowhere else', () => {
    expect(page.say('in /home/sky/x.raw, (/home/sky/y)')).toBe('in ~/x.raw, (~/y)')
    const whole = 'path=/home/sky/x /home/skyline/x /mnt/home/sky/x file:///home/sky/x /home/sky'
    expect(page.say(whole)).toBe(whole)
    expect(page.say('a\nb')).toBe('a␊b')
  })
})

describe('beside', () => {
  const head = { text: 'head      ', columns: 10 }
  it('keeps lines in their column', () => {
    expect(beside(head, 10, ['one', 'two'], page)).toEqual(['head      one', '          two'])
  })
  it('moves what does not fit to the left, as far as it must', () => {
    const url = `https://x.test/${'a'.repeat(20)}`
    expect(beside(head, 10, [url], page)).toEqual(['head', `     ${url}`])
    expect(beside(head, 10, ['a'.repeat(50)], page)).toEqual(['head', 'a'.repeat(50)])
  })
})
