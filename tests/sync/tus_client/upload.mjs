// Uploads one file with the unmodified tus-js-client over mutual TLS and says on stdout, as one JSON line, at which
// offsets it sent. Called by tests/sync/tus_client_test.cpp:
//   node upload.mjs '{"endpoint","file","cert","key","ca","record","index","chunk"}'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import * as tus from 'tus-js-client'

const job = JSON.parse(process.argv[2])
const offsets = []
const httpStack = new tus.DefaultHttpStack({
  cert: readFileSync(job.cert),
  key: readFileSync(job.key),
  ca: readFileSync(job.ca),
  minVersion: 'TLSv1.3',
})

const upload = new tus.Upload(createReadStream(job.file), {
  endpoint: job.endpoint,
  httpStack,
  uploadSize: statSync(job.file).size,
  chunkSize: job.chunk,
  metadata: { record: job.record, index: job.index },
  retryDelays: [50, 100, 200, 400, 800, 1600],
  onBeforeRequest(request) {
    if (request.getMethod() === 'PATCH') offsets.push(Number(request.getHeader('Upload-Offset')))
  },
  onError(error) {
    console.error(String(error))
    process.exit(1)
  },
  onSuccess() {
    console.log(JSON.stringify({ offsets, url: upload.url }))
    process.exit(0)
  },
})
upload.start()
