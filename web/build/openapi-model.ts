/** The contract, boiled down to what a person reads: operations by topic, and the data they carry. */
export interface Inline {
  kind: 'text' | 'code' | 'strong'
  text: string
}

export interface Field {
  name: string
  type: string
  /** Name of a schema of this page, to link to. */
  ref?: string
  required: boolean
  note: Inline[]
}

export interface Operation {
  id: string
  method: string
  path: string
  summary: Inline[]
  access: 'public' | 'session' | 'token'
  parameters: (Field & { place: string })[]
  body?: { ref?: string; array: boolean; fields: Field[] }
  answers: { status: string; note: Inline[]; ref?: string; fields: Field[] }[]
}

export interface ApiPage {
  title: string
  version: string
  intro: Inline[][]
  base: string
  groups: { name: string; note: string; operations: Operation[] }[]
  schemas: { name: string; type: string; note: Inline[]; fields: Field[] }[]
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Obj = Record<string, Json>

const isObj = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const obj = (value: Json | undefined): Obj => (isObj(value) ? value : {})
const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])
const str = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const methods = ['get', 'post', 'put', 'patch', 'delete']

/** `code` and **strong**, the two marks the contract uses. */
export function inline(text: string): Inline[] {
  return text
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map((part): Inline => {
      if (part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) }
      if (part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) }
      return { kind: 'text', text: part }
    })
}

function refName(schema: Obj): string | undefined {
  const ref = str(schema['$ref'])
  return ref === '' ? undefined : (ref.split('/').at(-1) ?? ref)
}

function bounds(schema: Obj): string {
  const { maxLength, minLength, minimum, maximum, maxItems } = schema
  const parts = []
  if (minLength !== undefined) parts.push(`≥ ${String(minLength)} characters`)
  if (maxLength !== undefined) parts.push(`≤ ${String(maxLength)} characters`)
  if (minimum !== undefined) parts.push(`≥ ${String(minimum)}`)
  if (maximum !== undefined) parts.push(`≤ ${String(maximum)}`)
  if (maxItems !== undefined) parts.push(`at most ${String(maxItems)}`)
  if (schema['default'] !== undefined) parts.push(`default ${String(schema['default'])}`)
  return parts.length > 0 ? ` (${parts.join(', ')})` : ''
}

export function typeText(schema: Obj): string {
  const name = refName(schema)
  if (name) return name
  if (schema['enum']) return list(schema['enum']).map(String).join(' | ') + bounds(schema)
  if (schema['type'] === 'array')
    return `array of ${typeText(obj(schema['items']))}${bounds(schema)}`
  const format = str(schema['format'])
  const text = format === '' ? str(schema['type']) || 'any' : format
  return text + bounds(schema)
}

function linked(schema: Obj): string | undefined {
  return refName(schema) ?? (schema['type'] === 'array' ? linked(obj(schema['items'])) : undefined)
}

class Reader {
  constructor(private readonly document: Obj) {}

  resolve(value: Json | undefined): Obj {
    const node = obj(value)
    const ref = str(node['$ref'])
    if (ref === '') return node
    return ref
      .split('/')
      .slice(1)
      .reduce<Obj>((at, key) => obj(at[key]), this.document)
  }

  /** Properties of a schema in one flat list; nested objects get dotted names. */
  fields(schema: Obj, prefix = ''): Field[] {
    const inherited = list(schema['allOf']).flatMap((part) =>
      this.fields(this.resolve(part), prefix),
    )
    const required = new Set(list(schema['required']).map(String))
    const own = Object.entries(obj(schema['properties'])).flatMap(([key, value]) => {
      const inner = obj(value)
      const name = prefix + key
      const ref = linked(inner)
      const field: Field = {
        name,
        type: typeText(inner),
        ...(ref === undefined ? {} : { ref }),
        required: required.has(key),
        note: inline(str(inner['description'])),
      }
      const items = obj(inner['items'])
      const nested = isObj(inner['properties'])
        ? this.fields(inner, `${name}.`)
        : isObj(items['properties'])
          ? this.fields(items, `${name}[].`)
          : []
      return [field, ...nested]
    })
    return [...inherited, ...own]
  }

  #content(node: Obj): { ref?: string; array: boolean; fields: Field[] } | undefined {
    const media = Object.values(obj(node['content']))[0]
    if (media === undefined) return undefined
    const schema = obj(obj(media)['schema'])
    const ref = linked(schema)
    return {
      ...(ref === undefined ? {} : { ref }),
      array: schema['type'] === 'array',
      fields: ref === undefined ? this.fields(schema) : [],
    }
  }

  operation(path: string, method: string, node: Obj): Operation {
    const security = node['security']
    const access =
      Array.isArray(security) && security.length === 0
        ? 'public'
        : list(security).some((entry) => 'token' in obj(entry))
          ? 'token'
          : 'session'
    const body = this.#content(this.resolve(node['requestBody']))
    return {
      id: str(node['operationId']),
      method: method.toUpperCase(),
      path,
      summary: inline(str(node['summary']) || str(node['operationId'])),
      access,
      parameters: list(node['parameters']).map((entry) => {
        const parameter = this.resolve(entry)
        const schema = obj(parameter['schema'])
        const ref = linked(schema)
        return {
          name: str(parameter['name']),
          place: str(parameter['in']),
          type: typeText(schema),
          ...(ref === undefined ? {} : { ref }),
          required: parameter['required'] === true,
          note: inline(str(parameter['description'])),
        }
      }),
      ...(body ? { body } : {}),
      answers: Object.entries(obj(node['responses'])).map(([status, entry]) => {
        const response = this.resolve(entry)
        const content = this.#content(response)
        return {
          status,
          note: inline(str(response['description'])),
          ...(content?.ref === undefined ? {} : { ref: content.ref }),
          fields: content?.fields ?? [],
        }
      }),
    }
  }
}

export function readablePage(document: unknown): ApiPage {
  const root = isObj(document) ? document : {}
  const reader = new Reader(root)
  const operations = Object.entries(obj(root['paths'])).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const node = obj(item)[method]
      if (!isObj(node)) return []
      return [
        { tag: String(list(node['tags'])[0]), operation: reader.operation(path, method, node) },
      ]
    }),
  )
  const info = obj(root['info'])
  return {
    title: str(info['title']),
    version: str(info['version']),
    base: str(obj(list(root['servers'])[0])['url']),
    intro: str(info['description'])
      .split(/\n\s*\n/)
      .map((paragraph) => inline(paragraph.replace(/\s*\n\s*/g, ' ').trim())),
    groups: list(root['tags']).map((entry) => {
      const tag = obj(entry)
      const name = str(tag['name'])
      return {
        name,
        note: str(tag['description']),
        operations: operations.filter((one) => one.tag === name).map((one) => one.operation),
      }
    }),
    schemas: Object.entries(obj(obj(root['components'])['schemas'])).map(([name, value]) => {
      const schema = obj(value)
      return {
        name,
        type: isObj(schema['properties']) || schema['allOf'] ? '' : typeText(schema),
        note: inline(str(schema['description'])),
        fields: reader.fields(schema),
      }
    }),
  }
}
