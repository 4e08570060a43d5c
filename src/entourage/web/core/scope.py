"""One brand never sees another: a query that has not said whose rows it wants does not run.

``Model.objects.of(brand)`` is how rows are read; what follows a row by its relation stays with that row's brand;
``.everywhere()`` is for jobs and for the installation's owner, and reads as what it is in a review.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entourage.web.core.models import Brand


class UnscopedQuery(RuntimeError):  # noqa: N818 - it names what the query is
    """A query on rows of brands that has not said which brand."""


class BrandQuerySet(models.QuerySet[Any]):
    """Rows of one brand; refuses to touch the database before it knows which."""

    _scoped = False

    def of(self, brand: Brand | int) -> Self:
        """The rows of this brand."""
        rows = self.filter(brand=brand)
        rows._scoped = True  # noqa: SLF001 - a queryset of this very class
        return rows

    def everywhere(self) -> Self:
        """The rows of all brands: for jobs and tests, never for a page."""
        rows = self.all()
        rows._scoped = True  # noqa: SLF001 - a queryset of this very class
        return rows

    def _clone(self) -> Self:
        copy = super()._clone()  # type: ignore[misc]
        copy._scoped = self._scoped  # noqa: SLF001 - a queryset of this very class
        return copy  # type: ignore[no-any-return]

    def _check(self) -> None:
        # A relation (person.accounts) carries the row that it starts from, which was itself scoped; a user's rows are
        # of many brands.
        begins: Any = self._hints.get("instance")  # type: ignore[attr-defined]
        of_a_brand = isinstance(begins, BrandRows) or (begins is not None and begins._meta.label == "core.Brand")  # noqa: SLF001 - Django's public way to a model's name
        if not (self._scoped or of_a_brand):
            raise UnscopedQuery(
                f"{self.model.__name__} was asked without a brand; write {self.model.__name__}.objects.of(brand)."
            )

    def _fetch_all(self) -> None:
        self._check()
        super()._fetch_all()

    def raw(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002 - refused whatever it is
        """Nothing here can see whose rows hand-written SQL reads: write it with a cursor, by the brand's id."""
        raise UnscopedQuery(f"{self.model.__name__}.objects.raw() cannot be scoped; use a cursor and the brand's id.")

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()


class BrandRows(models.Model):
    """A row that belongs to one brand."""

    objects = BrandQuerySet.as_manager()

    class Meta:
        abstract = True
