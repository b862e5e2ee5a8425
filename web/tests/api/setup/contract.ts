import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { parse } from 'yaml'

type Json = Record<string, unknown>

interface Response {
  content?: Record<string, { schema: Json }>
}

export interface Operation {
  method: string
  /** As the contract writes it: /tickets/{ticket_no} */
  path: string
  operationId: string
  responses: Record<string, Response>
}

const file = fileURLToPath(new URL('../../../../server/api/openapi.yaml', import.meta.url))
const document = parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, Json> }>>
  components: { schemas: Record<string, Json>; responses: Record<string, Response> }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The same schema, refusing what the contract does not name: a field nobody documented is a field nobody decided to
 * show. Members of allOf stay open (a copy under NAME.open); the whole is closed.
 */
function closed(value: unknown, open = false): unknown {
  if (Array.isArray(value)) return value.map((item) => closed(item))
  if (!isObject(value)) return value
  const copy: Json = {}
  for (const [key, part] of Object.entries(value)) {
    if (key === '$ref' && typeof part === 'string') {
      copy[key] = part.replace('#/components/schemas/', '#/$defs/') + (open ? '.open' : '')
    } else if (key === 'allOf' && Array.isArray(part)) {
      copy[key] = part.map((member) => closed(member, true))
    } else if (key === 'properties' && isObject(part)) {
      copy[key] = Object.fromEntries(
        Object.entries(part).map(([name, schema]) => [name, closed(schema)]),
      )
    } else {
      copy[key] = closed(part)
    }
  }
  const names = 'properties' in copy || 'allOf' in copy
  if (names && !open && !('additionalProperties' in copy)) copy.unevaluatedProperties = false
  return copy
}

const $defs: Json = {}
for (const [name, schema] of Object.entries(document.components.schemas)) {
  $defs[name] = closed(schema)
  $defs[`${name}.open`] = closed(schema, true)
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
const compiled = new Map<string, ValidateFunction>()

function resolved(response: Json): Response {
  const name = typeof response.$ref === 'string' ? response.$ref.split('/').pop() : undefined
  return name ? (document.components.responses[name] ?? {}) : (response as Response)
}

export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operationId: operation.operationId,
      responses: Object.fromEntries(
        Object.entries(operation.responses).map(([status, response]) => [
          status,
          resolved(response),
        ]),
      ),
    })),
)

/** Values of the Action schema: every act there is. */
export const acts = document.components.schemas.Action?.enum as string[]

export function operation(operationId: string): Operation {
  const found = operations.find((each) => each.operationId === operationId)
  if (!found) throw new Error(`the contract has no ${operationId}`)
  return found
}

/** What the contract says against this answer; empty when it keeps to it. */
export function breaches(
  of: Operation,
  status: number,
  contentType: string,
  text: string,
): string[] {
  const response =
    of.responses[String(status)] ?? (status >= 400 ? of.responses.default : undefined)
  if (!response) return [`${of.operationId}: status ${status} is not in the contract`]
  if (!response.content) return text === '' ? [] : [`${of.operationId} ${status}: has a body`]
  const type = contentType.split(';')[0] ?? ''
  const schema = response.content[type]?.schema
  if (!schema) return [`${of.operationId} ${status}: unexpected content type "${contentType}"`]
  if (schema.format === 'binary') return []
  const name = `${of.operationId} ${status >= 400 ? 'problem' : status}`
  let validate = compiled.get(name)
  if (!validate) {
    validate = ajv.compile({ ...(closed(schema) as Json), $defs })
    compiled.set(name, validate)
  }
  if (validate(JSON.parse(text))) return []
  return (validate.errors ?? []).map(
    (error) => `${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  )
}
