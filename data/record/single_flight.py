"""How is a costly value computed once, however many ask for it at a time? The first computes it, the others wait for it.

functools.lru_cache lets each thread that misses a value compute it: two hundred readers of a fresh server would draw the
same chart two hundred times. functools.cached_property does the same from Python 3.12 on; before, one lock served a
property of all objects.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import update_wrapper, wraps
from threading import Event, RLock, get_ident
from typing import Any, Concatenate, Generic, NamedTuple, ParamSpec, Protocol, Self, TypeVar, cast, overload

P = ParamSpec("P")
T = TypeVar("T")


class Flight(NamedTuple):
    """A value in the making: by which thread, and whether that has ended."""

    thread: int
    ended: Event


class SingleFlight:
    """A cache whose values are each computed by one thread at a time; the others wait, and find it. Of more than `most`
    values those go that were not asked for longest.

    Where computing fails the error is of the one who computed, nothing is cached, and whoever waits tries in turn. Values
    may ask for each other, in any thread, but not in a ring: RuntimeError where a value asks for itself.
    """

    def __init__(self, most: int | None = None) -> None:
        self.most = most
        self.values: OrderedDict[Hashable, Any] = OrderedDict()
        self.flights: dict[Hashable, Flight] = {}
        self.lock = RLock()

    def get(self, key: Hashable, compute: Callable[[], T]) -> T:
        """The value of a key, computed where it is missing."""
        while True:
            with self.lock:
                if key in self.values:
                    self.values.move_to_end(key)
                    return cast("T", self.values[key])
                flight = self.flights.get(key)
                if flight is None:
                    own = self.flights[key] = Flight(get_ident(), Event())
                    break
            if flight.thread == get_ident():
                raise RuntimeError("a value that is computed once needs itself")
            flight.ended.wait()
        try:
            value = compute()
            self._keep(key, value)
            return value
        finally:
            with self.lock:
                del self.flights[key]
            own.ended.set()

    def _keep(self, key: Hashable, value: object) -> None:
        with self.lock:
            self.values[key] = value
            while self.most is not None and len(self.values) > self.most:
                self.values.popitem(last=False)

    def clear(self) -> None:
        with self.lock:
            self.values.clear()


class CachedFunction(Generic[P, T]):
    """A function with its cache."""

    def __init__(self, compute: Callable[P, T], most: int | None) -> None:
        self.compute, self.cache = compute, SingleFlight(most)
        update_wrapper(self, compute)

    def __call__(self, *args: P.args, **named: P.kwargs) -> T:
        return self.cache.get((args, *sorted(named.items())), lambda: self.compute(*args, **named))

    def cache_clear(self) -> None:
        self.cache.clear()


def computed_once(most: int | None = None) -> Callable[[Callable[P, T]], CachedFunction[P, T]]:
    """Decorates a costly function of hashable arguments: each value is computed once for all threads, and the last `most`
    are kept."""
    return lambda compute: CachedFunction(compute, most)


class Owner(Protocol):
    """What is computed from an object is kept in its cache, and goes when it goes."""

    @property
    def cache(self) -> SingleFlight: ...


OwnerT = TypeVar("OwnerT", bound=Owner)


def cached_with_owner(compute: Callable[Concatenate[OwnerT, P], T]) -> Callable[Concatenate[OwnerT, P], T]:
    """Decorates a function of an object with a cache, so that each result is computed once and cached with that object.

    Whatever else the function takes must be hashable and of few values.
    """

    @wraps(compute)
    def cached(owner: OwnerT, *more: P.args, **named: P.kwargs) -> T:
        key = (compute, *more, *named.items())
        return owner.cache.get(key, lambda: compute(owner, *more, **named))

    return cast("Callable[Concatenate[OwnerT, P], T]", cached)


class once_property(Generic[T]):
    """A property that is computed once for each object, whichever thread asks first; the object holds it."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute, self.name, self.__doc__ = compute, compute.__name__, compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> Self | T:
        if owner is None:
            return self
        held = owner.__dict__
        # of two threads that are first at a time, both are given the lock of one
        lock = held.setdefault(f"{self.name}, in the making", RLock())
        with lock:
            if self.name not in held:
                held[self.name] = self.compute(owner)
        return cast("T", held[self.name])
