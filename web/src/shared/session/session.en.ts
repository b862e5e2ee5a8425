import type { English } from '../i18n/messages'
import type zh from './session.zh'

export default {
  logIn: 'Log in',
  logOut: 'Log out',
  login: 'Account',
  password: 'Password',
  loginMissing: 'Enter your account name',
  passwordMissing: 'Enter your password',
  changeTitle: 'Choose your own password',
  changeHint: 'The initial password works only once; replace it with one of your own.',
  currentPassword: 'Current password',
  newPassword: 'New password',
  repeatPassword: 'New password once more',
  repeatWrong: 'The two new passwords differ',
  newMissing: 'Enter a new password',
  save: 'Save',
  ended: 'Your session has ended, please log in again.',
} satisfies English<typeof zh>
