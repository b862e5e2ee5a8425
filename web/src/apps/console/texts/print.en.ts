export default {
  printed: 'Printed by {name} at {at}',
  maskedAsShown:
    'Internal. Names, numbers and codes are shown as whoever printed this may see them, masked as on the screen.',
  met: 'Done at {at}',
  metLate: 'Done at {at}, late',
  'clock.running': 'Running',
  'clock.paused': 'Paused',
  'clock.fired': 'Overdue',
  'clock.stopped': 'Done',
  'clock.cancelled': 'Cancelled',
} as const
