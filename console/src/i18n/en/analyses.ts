/** Words of the page of analyses. */
export const analyses = {
  'range.label': 'Time range',
  'range.days': 'Last {days} days',
  'range.custom': 'Own dates',
  'range.from': 'From',
  'range.to': 'Until (inclusive)',

  'analyses.lead': 'One question, many models: choose one, ask, and open any number to see its users.',
  'analyses.question': 'Question',
  'analyses.model': 'Model',
  'analyses.hint': 'Open a number to see the users behind it.',
  'analyses.nothing': 'Nothing happened in the chosen range.',
  'analyses.incomplete': 'This number can still change.',
  'analyses.repeated': 'an answer given before; nothing has changed since',
  'analyses.sample': 'of {share} of the users',
  'analyses.notWhole': 'Something is still to be chosen.',
  'analyses.more':
    'This question has options the form does not show. Until you change the form, it is asked as it was saved.',
  'analyses.elsewhere': 'This question is of a model with a page of its own.',
  'analyses.csv': 'CSV',
  'analyses.save': 'Save question',
  'analyses.name': 'Name',
  'analyses.saved': 'Saved questions',
  'analyses.saved.empty': 'None yet.',
  'analyses.segment': 'Save as segment',
  'analyses.segment.kept': 'Saved: a segment of {count} users',
};
