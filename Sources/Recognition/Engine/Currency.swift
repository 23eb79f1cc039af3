import Encoding

extension Situation {
    /// G5: the last day on which an award is current, as known on the day asked: as it says itself,
    /// or as its body, or who may award or accredit it, ended it.
    func currentUntil(_ award: Award) -> CalendarDate? {
        var validity = Validity(award.currentUntil(on: day))
        for event in index.events.about(award.id)
        where event.kind == .expire && AwardGates.maySpeak(event, of: award, self) {
            validity.limit(event.since.adding(days: -1))
        }
        return validity.until
    }

    func isLapsed(_ award: Award) -> Bool { currentUntil(award).map { $0 < day } ?? false }
}
