public import Encoding
public import Registry
public import TransparencyLog

/// Who asks, as far as a log that the holder trusts says so
/// (`Protocol/presentation.md § Who asks`).
///
/// A key is known if an authority's grant or an accreditation that stands today names it.
/// Whatever a request says of itself is never shown as a name.
public struct Asker: Hashable, Sendable {
    /// The id of the authority or body.
    public let id: String
    /// As whoever granted the key calls it.
    public let name: String
    public let country: String
    public let origin: String

    /// The holder of the key in this log, or nil: then the asker is unknown.
    ///
    /// - Parameters:
    ///   - state: must hold the acts about the name of the key.
    ///   - day: today.
    public init?(_ key: NoteKey, in state: LogState, of country: String, on day: CalendarDate) {
        let standing = state.grants.last { grant in
            guard grant.key == key, grant.signs(at: .max - 1) else { return false }
            switch grant.role {
            case .authority: return true
            case .body:
                return state.accreditations(of: grant.holder).contains {
                    $0.accreditation.key == key && $0.standing.end == nil
                        && $0.accreditation.period.contains(day)
                }
            case .root, .log, .extract, .buddy: return false
            }
        }
        guard let standing, let name = state.name(of: standing.holder) else { return nil }
        id = standing.holder
        self.name = name
        self.country = country
        origin = state.pin.origin
    }
}
