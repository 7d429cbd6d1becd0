"""Puts what people decided (`queries.curation`) over what the machine found: on mentions, on clusters, on events. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from queries.blocks import Keyed
from queries.curation import Changes, Curation, Ruling
from queries.eventfacts import event
from queries.gathering import Cluster, gathered
from queries.reports import report, reports
from queries.told import Event, Told


@dataclass(frozen=True, slots=True)
class Judged:
    """The events, and the mentions that a person struck out, each with that person."""

    events: tuple[Event, ...]
    struck: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Docket:
    """The decisions that concern a set of mentions, by kind; of two on one mention the later stands."""

    struck: Mapping[str, Ruling]
    relabelled: Mapping[str, Ruling]
    parted: Mapping[str, Ruling]
    merges: tuple[Ruling, ...]
    events: tuple[Ruling, ...]
    bound: Mapping[str, tuple[str, ...]]  # for each mention the decisions that bind it to others, so that one block holds them


def docket(curation: Curation) -> Docket:
    """The decisions, sorted by what they do."""
    alone: dict[str, dict[str, Ruling]] = {"reject": {}, "relabel": {}, "split": {}}
    for ruling in curation.rulings:
        if ruling.alone:
            alone[ruling.verb].update(dict.fromkeys(ruling.ids, ruling))
    merges = tuple(ruling for ruling in curation.rulings if ruling.verb == "merge")
    bound: dict[str, list[str]] = defaultdict(list)
    for ruling in (*merges, *{ruling.number: ruling for ruling in alone["split"].values()}.values()):
        for one in ruling.ids:
            bound[one].append(f"{ruling.verb}|{ruling.number}")
    return Docket(
        struck=alone["reject"],
        relabelled=alone["relabel"],
        parted=alone["split"],
        merges=merges,
        events=tuple(ruling for ruling in curation.rulings if ruling.verb != "merge" and not ruling.alone),
        bound={one: tuple(names) for one, names in bound.items()},
    )


def as_decided(told: Told, decided: Docket) -> Told | None:
    """The mention as people want it read; None where they struck it out."""
    if told.mention_id in decided.struck:
        return None
    ruling = decided.relabelled.get(told.mention_id)
    return _relabelled(told, ruling.changes) if ruling else told


def _relabelled(told: Told, changes: Changes) -> Told:
    platforms = changes.platforms or (told.platform,)
    return replace(
        told,
        platform=told.platform if told.platform in platforms else platforms[0],
        action=changes.action or told.action,
        family=changes.family or told.family,
        status=changes.status or told.status,
        place=changes.place or told.place,
        day=changes.day or told.day,
        day_end=changes.day_end if changes.day else told.day_end,
        precision=changes.precision or told.precision,
        basis="explicit" if changes.day else told.basis,
        targets=told.targets if changes.targets is None else changes.targets,
    )


def judged(block: Iterable[Told], keyed: Keyed, decided: Docket) -> Judged:
    """The events of one block, the mentions of which are as people decided (`as_decided`), with the keys of each."""
    every = list(block)
    clusters = gathered(reports(told for told in every if told.mention_id not in decided.parted), keyed)
    linked: dict[str, str] = {}
    clusters.extend(_parted(every, decided, linked))
    clusters = _merged(every, clusters, decided.merges, linked)
    events: list[Event] = []
    struck: list[tuple[str, str]] = []
    for one in (_named(event(cluster.reports), linked, decided) for cluster in clusters):
        final, by = _decided(one, decided.events)
        if by is None:
            events.append(final)
        else:
            struck.extend((mention, by) for mention in final.mentions)
    return Judged(tuple(events), tuple(struck))


def _parted(every: Sequence[Told], decided: Docket, linked: dict[str, str]) -> list[Cluster]:
    """One cluster for each split: the mentions it names, whatever they say."""
    groups: dict[int, list[Told]] = {}
    for told in every:
        ruling = decided.parted.get(told.mention_id)
        if ruling is not None:
            groups.setdefault(ruling.number, []).append(told)
            linked[told.mention_id] = ruling.by
    return [Cluster(reports(group)) for group in groups.values()]


def _merged(every: Sequence[Told], clusters: list[Cluster], merges: Sequence[Ruling], linked: dict[str, str]) -> list[Cluster]:
    """The clusters, those that a merge names made one: it takes in mentions too that are in no cluster yet."""
    if not merges:
        return clusters
    home = {told.mention_id: cluster for cluster in clusters for one in cluster.reports for told in one.told}
    there = {told.mention_id: told for told in every}
    for ruling in merges:
        named = [one for one in ruling.ids if one in there]
        for one in named:
            if one not in home:
                home[one] = Cluster([report((there[one],))])
                clusters.append(home[one])
        several = list({id(home[one]): home[one] for one in named}.values())
        if len(several) < 2:
            continue
        into = min(several, key=lambda cluster: min(_ages(cluster)))
        for other in several:
            if other is not into:
                for moved in other.reports:
                    into.reports.append(moved)
                    for told in moved.told:
                        home[told.mention_id] = into
                        linked[told.mention_id] = ruling.by
                other.reports = []
    return [cluster for cluster in clusters if cluster.reports]


def _ages(cluster: Cluster) -> list[tuple[object, str]]:
    return [(told.captured_at, told.mention_id) for one in cluster.reports for told in one.told]


def _named(found: Event, linked: Mapping[str, str], decided: Docket) -> Event:
    """The event with the people who linked its mentions, and who reviewed it by that or by relabelling one of them."""
    by = tuple((mention, linked[mention]) for mention in found.mentions if mention in linked)
    relabelled = [decided.relabelled[mention] for mention in found.mentions if mention in decided.relabelled]
    reviewer = by[-1][1] if by else max(relabelled, key=lambda ruling: ruling.day).by if relabelled else None
    return replace(found, linked_by=by, reviewed_by=reviewer) if reviewer else found


def _decided(found: Event, rulings: Sequence[Ruling]) -> tuple[Event, str | None]:
    """The event after the decisions that name one of its mentions, and who rejected it, if somebody did."""
    mentions = set(found.mentions)
    for ruling in rulings:
        if mentions.isdisjoint(ruling.ids):
            continue
        if ruling.verb == "reject":
            return found, ruling.by
        found = replace(found, reviewed_by=ruling.by)
        if ruling.verb == "note":
            found = replace(found, note=f"{found.note}; {ruling.why}" if found.note else ruling.why)
        else:
            found = _changed(found, ruling.changes)
    return found, None


def _changed(found: Event, changes: Changes) -> Event:
    dated = {"first_day": changes.day, "last_day": changes.day_end or changes.day, "precision": changes.precision} if changes.day else {}
    return replace(
        found,
        action=changes.action or found.action,
        status=changes.status or found.status,
        place=changes.place or found.place,
        platforms=changes.platforms or found.platforms,
        targets=found.targets if changes.targets is None else changes.targets,
        **dated,  # type: ignore[arg-type]
    )
