import TransparencyLog

/// What a log may say of its own country only: who is mandated there, and what its qualifications
/// are.
///
/// `Protocol/entry.md § Who may say what`. Readers elsewhere would ignore the rest, so that it is
/// advice in its own log too.
extension LogState {
    /// The country whose log it is, as its name says; nil if the name has another form.
    var ownCountry: String? { LogOrigin(parsing: pin.origin)?.country.uppercased() }

    /// Where an act speaks for another country; nil if it does not.
    func foreignGap(of act: Act) -> MandateGap? {
        guard let country = ownCountry else { return nil }
        switch act {
        case .mandate(let act):
            return act.territory.first { !LogState.is($0, within: country) }.map {
                MandateGap(member: "territory", cause: .foreignPlace($0, country))
            }
        case .qualification(let act):
            guard LogState.is(act.country, within: country) else {
                return MandateGap(member: "country", cause: .foreignPlace(act.country, country))
            }
            guard OwnedName(act.id).country.map({ $0 == country }) ?? true else {
                return MandateGap(
                    member: "qualification", cause: .foreignName(act.id, country))
            }
            return nil
        default: return nil
        }
    }

    private static func `is`(_ place: String, within country: String) -> Bool {
        place == country || place.utf8.starts(with: "\(country)-".utf8)
    }
}
