"""The pages of this room, below /b/<slug>/."""

from django.urls import path

from entourage.web.reading.views import corrections, gathered, looking, reading

app_name = "reading"
urlpatterns = [
    path("reading/", reading.reading, name="reading"),
    path("reading/reader/", reading.reader, name="reader"),
    path("reading/teach/", corrections.teach, name="teach"),
    path("reading/method/", reading.method, name="method"),
    path("reading/<uuid:pk>/", reading.message, name="message"),
    path("reading/<uuid:pk>/correct/", corrections.correct, name="correct"),
    path("reading/<uuid:pk>/confirm/", corrections.confirm, name="confirm"),
    path("reading/<uuid:pk>/put-back/", corrections.put_back, name="put-back"),
    path("topics/", gathered.topics, name="topics"),
    path("topics/<int:pk>/", gathered.topic, name="topic"),
    path("lessons/", gathered.lessons, name="lessons"),
    path("lessons/<int:pk>/", gathered.finding, name="finding"),
    path("search/", looking.search, name="search"),
    path("search/indexing/", looking.indexing, name="indexing"),
    path("search/look/", looking.look, name="look"),
    path("territory/", looking.territory, name="territory"),
    path("territory/words/", looking.give_words, name="territory-words"),
]
