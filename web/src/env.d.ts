/// <reference types="vite/client" />

declare module 'virtual:openapi' {
  import type { ApiPage } from '../build/openapi-model'
  const page: ApiPage
  export default page
}
