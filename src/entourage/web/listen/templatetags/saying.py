"""What a network's door said, in the reader's language."""

from django import template

from entourage.web.listen.queries.saying import in_words

register = template.Library()
register.filter("in_words", in_words)
