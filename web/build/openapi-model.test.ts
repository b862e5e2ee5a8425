import { describe, expect, it } from 'vitest'
import { inline, readablePage, typeText } from './openapi-model.ts'

const document = {
  info: { title: 'API', version: '2', description: 'First **bold**.\n\nSecond `code`.' },
  servers: [{ url: '/api/v1' }],
  tags: [{ name: 'public', description: 'For all' }],
  paths: {
    '/appeals': {
      post: {
        tags: ['public'],
        operationId: 'submit',
        summary: 'Submit',
        security: [],
        parameters: [{ $ref: '#/components/parameters/Key' }],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Appeal' } } },
        },
        responses: {
          '201': { description: 'Done' },
          default: { $ref: '#/components/responses/P' },
        },
      },
    },
  },
  components: {
    parameters: {
      Key: { name: 'Key', in: 'header', required: true, schema: { type: 'string', minLength: 8 } },
    },
    responses: { P: { description: 'RFC 9457' } },
    schemas: {
      Base: { type: 'object', required: ['content'], properties: { content: { type: 'string' } } },
      Appeal: {
        allOf: [
          { $ref: '#/components/schemas/Base' },
          { properties: { who: { type: 'object', properties: { phone: { type: 'string' } } } } },
        ],
      },
    },
  },
}

describe('readable page', () => {
  const page = readablePage(document)

  it('shows an operation with resolved parameters, body and answers', () => {
    const operation = page.groups[0]?.operations[0]
    expect(operation).toMatchObject({
      method: 'POST',
      access: 'public',
      parameters: [
        { name: 'Key', place: 'header', type: 'string (≥ 8 characters)', required: true },
      ],
      body: { ref: 'Appeal' },
    })
    expect(operation?.answers.map((a) => [a.status, a.note[0]?.text])).toEqual([
      ['201', 'Done'],
      ['default', 'RFC 9457'],
    ])
  })

  it('flattens inherited and nested fields', () => {
    expect(
      page.schemas.find((s) => s.name === 'Appeal')?.fields.map((f) => [f.name, f.required]),
    ).toEqual([
      ['content', true],
      ['who', false],
      ['who.phone', false],
    ])
  })

  it('splits paragraphs and marks', () => {
    expect(page.intro).toHaveLength(2)
    expect(inline('a **b** `c`')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'strong', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'c' },
    ])
    expect(typeText({ type: 'array', items: { enum: ['x', 'y'] } })).toBe('array of x | y')
  })
})
