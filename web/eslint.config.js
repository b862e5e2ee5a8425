import vue from 'eslint-plugin-vue'
import vueA11y from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'

const apps = ['console', 'mobile', 'dash', 'portal', 'docs']

/** Apps never import other apps; portal and mobile stay free of charts and the virtual grid. */
const appBoundaries = apps.map((app) => ({
    files: [`src/apps/${app}/**/*.{ts,vue}`],
    rules: {
        'no-restricted-imports': [
            'error',
            {
                patterns: [
                    {
                        group: apps
                            .filter((other) => other !== app)
                            .map((other) => `@/apps/${other}/*`),
                    },
                    ...(app === 'portal' || app === 'mobile'
                        ? [
                              {
                                  group: [
                                      'echarts',
                                      'echarts/*',
                                      'element-plus',
                                      '@/ui/UiDataGrid.vue',
                                  ],
                              },
                          ]
                        : []),
                ],
            },
        ],
    },
}))

export default tseslint.config(
    { ignores: ['dist/**', 'node_modules/**', 'src/shared/api/schema.d.ts'] },
    ...tseslint.configs.strict,
    ...vue.configs['flat/recommended'],
    ...vueA11y.configs['flat/recommended'],
    {
        files: ['**/*.vue'],
        languageOptions: { parserOptions: { parser: tseslint.parser } },
    },
    {
        rules: {
            '@typescript-eslint/no-explicit-any': 'error',
            '@typescript-eslint/consistent-type-imports': 'error',
            'no-restricted-properties': [
                'error',
                {
                    property: 'innerHTML',
                    message: 'Trusted Types forbid it: build nodes or use a template.',
                },
                { property: 'outerHTML', message: 'Trusted Types forbid it.' },
                { property: 'insertAdjacentHTML', message: 'Trusted Types forbid it.' },
            ],
            'no-restricted-globals': ['error', 'eval'],
            eqeqeq: 'error',
            '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
            'vue/no-v-html': 'error',
            'vue/no-v-text-v-html-on-component': 'error',
            // A static style attribute becomes inline style in markup, which the CSP refuses.
            'vue/no-static-inline-styles': ['error', { allowBinding: true }],
            'vue/block-lang': ['error', { script: { lang: 'ts' } }],
            'vue/component-api-style': ['error', ['script-setup']],
            'vue/define-macros-order': [
                'error',
                {
                    order: [
                        'defineOptions',
                        'defineModel',
                        'defineProps',
                        'defineEmits',
                        'defineSlots',
                    ],
                },
            ],
            'vue/html-self-closing': 'off',
            'vue/max-attributes-per-line': 'off',
            'vue/singleline-html-element-content-newline': 'off',
            'vue/html-indent': 'off',
            'vue/html-closing-bracket-newline': 'off',
            'vue/multiline-html-element-content-newline': 'off',
            'vue/attributes-order': 'off',
            'vue/require-default-prop': 'off',
            'vuejs-accessibility/label-has-for': [
                'error',
                { required: { some: ['nesting', 'id'] } },
            ],
            'vuejs-accessibility/no-autofocus': 'off',
            // Safari drops the list semantics of unstyled lists unless the role is spelt out.
            'vuejs-accessibility/no-redundant-roles': ['error', { ul: ['list'], ol: ['list'] }],
        },
    },
    {
        files: ['src/apps/*/App.vue', 'src/ui/**/*.vue'],
        rules: { 'vue/multi-word-component-names': 'off' },
    },
    ...appBoundaries,
)
