import Credentials
import Encoding

/// What an award and its file say in the clear that the registry can know something about.
///
/// Nothing about the person: what the registry says of one award it says of every other with the
/// same facts, such as those of one graduation.
struct AwardFacts: Hashable {
    let issuer: String
    let country: String
    let qualification: String
    let version: String
    let awarded: CalendarDate
    let validUntil: CalendarDate?
    let started: CalendarDate?
    let mode: String?
    let units: [String]?
    let isArchiveConfirmation: Bool
    /// The batch that the file names.
    let origin: String?
    let entry: UInt64?

    init(_ award: QualificationCredential, _ path: BatchPath?) {
        issuer = award.issuer
        country = award.country
        qualification = award.qualification
        version = award.version
        awarded = award.awarded
        validUntil = award.validUntil
        started = award.started
        mode = award.mode
        units = award.units
        isArchiveConfirmation = award.archive != nil
        origin = path?.origin
        entry = path?.entryIndex
    }
}
