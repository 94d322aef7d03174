import { createHash } from 'node:crypto'
import type { Album, AlbumItem } from '../../../contract/index.ts'
import { Html, html } from './html.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { clock, count, length } from './format.ts'

/** Only what this page itself holds may run, and only this server is asked for anything. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `script-src '${sourceOf(SCRIPT)}'`,
  `style-src '${sourceOf(STYLE)}'`,
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

function sourceOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

/** Exactly what the policy has the hash of: nothing may be laid out around it. */
const STYLE_TAG = new Html(`<style>${STYLE}</style>`)
const SCRIPT_TAG = new Html(`<script>${SCRIPT}</script>`)

/** Which part of a long album a page shows: 1 is the first. */
export interface Paging {
  readonly page: number
  readonly pages: number
}

/** An album as people without a key see it. */
export function albumPage(album: Album, paging: Paging): string {
  const videos = album.totalSeconds > 0 ? ` · ${length(album.totalSeconds)}` : ''
  const main = html`<h1>${album.title}</h1>
    <p class="facts">${count(album.itemCount, 'item', 'items')}${videos}</p>
    ${album.description === null ? null : html`<p class="description">${album.description}</p>`}
    ${
      album.items.length === 0
        ? html`<p class="empty">Nothing is in this album yet.</p>`
        : html`<ul class="grid">
            ${album.items.map(card)}
          </ul>`
    }
    ${paging.pages > 1 ? turner(album, paging) : null}`
  return document(album.title, main, album.items.length === 0 ? null : VIEWER)
}

/** The same words for an album that is private and one that never was. */
export function missingPage(): string {
  const main = html`<h1>Nothing is shared here</h1>
    <p class="description">This link leads to no album, or its album is not shared any more.</p>`
  return document('Nothing is shared here', main, null)
}

const VIEWER = html`<dialog id="viewer" tabindex="-1" aria-labelledby="viewer-name">
    <div id="stage" class="stage"></div>
    <div class="bar">
      <div class="about">
        <h2 id="viewer-name"></h2>
        <p id="viewer-note"></p>
      </div>
      <button type="button" id="previous">Previous</button>
      <button type="button" id="next">Next</button>
      <button type="button" id="close">Close</button>
    </div>
  </dialog>
  ${SCRIPT_TAG}`

function document(title: string, main: Html, viewer: Html | null): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title} - Fieldreel</title>
        ${STYLE_TAG}
      </head>
      <body>
        <header><p class="brand">Fieldreel</p></header>
        <main>${main}</main>
        ${viewer}
      </body>
    </html>`.text
}

function card(item: AlbumItem): Html {
  const name = item.caption ?? item.title
  const note = noteOf(item)
  const inner = html`<span class="picture${item.thumbnailUrl === null ? ' bare' : ''}"
      >${item.thumbnailUrl === null ? 'No picture' : html`<img src="${item.thumbnailUrl}" alt="" loading="lazy" />`}
      ${badge(item)}</span
    >
    <span class="name">${name}</span>
    ${note === '' ? null : html`<span class="note">${note}</span>`}`
  if (item.mediaUrl !== null) {
    return html`<li>
      <a
        class="card"
        href="${item.mediaUrl}"
        data-kind="${item.mediaType}"
        data-video="${item.videoId}"
        data-name="${name}"
        data-note="${note}"
        >${inner}</a
      >
    </li>`
  }
  if (item.registeredVideoUrl === null) return html`<li><div class="card">${inner}</div></li>`
  return html`<li>
    <a class="card" href="${item.registeredVideoUrl}" target="_blank" rel="noopener noreferrer nofollow">${inner}</a>
  </li>`
}

function badge({ mediaType, durationSeconds }: AlbumItem): Html | null {
  if (mediaType === 'photo') return html`<span class="badge">Photo</span>`
  return durationSeconds === null ? null : html`<span class="badge">${clock(durationSeconds)}</span>`
}

/** The line below the name: what the caption does not say. */
function noteOf({ caption, title, mediaType, atSeconds, mediaUrl, registeredVideoUrl }: AlbumItem): string {
  const of = caption === null ? '' : title
  if (mediaType === 'photo') return of === '' ? `At ${clock(atSeconds)}` : `${of}, at ${clock(atSeconds)}`
  if (mediaUrl !== null) return of
  const why =
    registeredVideoUrl === null ? 'Cannot be played here yet' : `Opens ${new URL(registeredVideoUrl).hostname}`
  return [of, why].filter(Boolean).join(' · ')
}

function turner({ albumId }: Album, { page, pages }: Paging): Html {
  const to = (number: number, words: string) => html`<a href="/albums/${albumId}?page=${number}">${words}</a>`
  return html`<nav class="pages" aria-label="Pages">
    ${page > 1 ? to(page - 1, 'Previous page') : null}<span>Page ${page} of ${pages}</span>${
      page < pages ? to(page + 1, 'Next page') : null
    }
  </nav>`
}
