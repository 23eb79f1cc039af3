public import Encoding
import TransparencyLog

/// What an act asks of its author's mandate: the competence, about what, where and for what.
///
/// `Protocol/entry.md § Who may say what`.
struct MandateNeed: Hashable {
    let competence: Mandate.Competence
    let subjects: [String]
    /// The member of the act in which the subjects stand.
    let subjectMember: String
    var places: [String] = []
    var placeMember = "jurisdiction"
    var purposes: [String] = []

    /// nil for acts that no authority makes.
    init?(_ act: Act) {
        switch act {
        case .accreditation(let act):
            self.init(.accredit, act.qualifications, in: "qualifications")
        case .qualification(let act):
            self.init(.register, [act.id], in: "qualification")
            places = [act.country]
            placeMember = "country"
        case .framework(let act): self.init(.register, [act.id], in: "framework")
        case .referencing(let act): self.init(.reference, [act.from], in: "from")
        case .regulation(let act):
            self.init(.recognise, ["isco:\(act.occupation)"], in: "occupation")
            places = [act.jurisdiction]
        case .equivalence(let act): self.init(act.provision, in: [act.jurisdiction])
        case .instrument(let act): self.init(act.provision, in: act.jurisdictions)
        default: return nil
        }
    }

    private init(_ competence: Mandate.Competence, _ subjects: [String], in member: String) {
        self.competence = competence
        self.subjects = subjects
        subjectMember = member
    }

    private init(_ provision: Provision, in places: [String]) {
        self.init(.recognise, provision.target.scope, in: "target")
        self.places = places
        purposes = provision.purposes
    }

    /// - Parameter signatures: how many keys of the author signed the act.
    func isMet(by mandate: Mandate, on day: CalendarDate, signatures: Int) -> Bool {
        mandate.signatures <= signatures && isMet(by: mandate, on: day)
    }

    func isMet(by mandate: Mandate, on day: CalendarDate) -> Bool {
        let places: [String?] = places.isEmpty ? [nil] : places
        return places.allSatisfy { place in
            mandate.allows(competence, about: subjects, in: place, for: purposes, on: day)
        }
    }
}

/// Where an act leaves its author's mandates: the member of the act that breaks them.
public struct MandateGap: Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// No mandate for acts of this kind.
        case competence(Mandate.Competence)
        /// A subject outside every scope.
        case subject(String)
        case place(String)
        case purpose(String)
        /// Each part is covered, by no mandate all of them on that day.
        case period(CalendarDate)
        /// A place outside the country whose log it is.
        case foreignPlace(String, String)
        /// An id among the names of another country than that whose log it is.
        case foreignName(String, String)
        /// The mandate asks for more keys of its author than signed.
        case signatures(needed: Int64, found: Int)
    }

    /// The rule that is broken, by its identifier in `Protocol/recognition.md § Rules`.
    public static let rule = "P1"

    public let member: String
    public let cause: Cause

    init(member: String, cause: Cause) {
        self.member = member
        self.cause = cause
    }

    init(_ need: MandateNeed, _ mandates: [Mandate], on day: CalendarDate, signatures: Int) {
        let needed = mandates.filter { need.isMet(by: $0, on: day) }.map(\.signatures).min()
        let competent = mandates.filter { $0.competences.contains(need.competence) }
        let uncovered = need.subjects.first { subject in
            !competent.contains { $0.scope.contains { $0.matches(subject) } }
        }
        let place = need.places.first { place in
            !competent.contains { mandate in
                mandate.territory.contains {
                    place == $0 || place.utf8.starts(with: "\($0)-".utf8)
                }
            }
        }
        let purpose = need.purposes.first { purpose in
            !competent.contains { $0.purposes?.contains(purpose) ?? true }
        }
        if let needed {
            (member, cause) = ("by", .signatures(needed: needed, found: signatures))
        } else if competent.isEmpty {
            (member, cause) = ("kind", .competence(need.competence))
        } else if let uncovered {
            (member, cause) = (need.subjectMember, .subject(uncovered))
        } else if let place {
            (member, cause) = (need.placeMember, .place(place))
        } else if let purpose {
            (member, cause) = ("purposes", .purpose(purpose))
        } else {
            (member, cause) = ("by", .period(day))
        }
    }
}

extension MandateGap: CustomStringConvertible {
    public var description: String {
        let found =
            switch cause {
            case .competence(let competence): "its author has no mandate to \(competence.rawValue)"
            case .subject(let subject): "no mandate of its author covers \(subject)"
            case .place(let place): "no mandate of its author holds in \(place)"
            case .purpose(let purpose): "no mandate of its author is for \(purpose)"
            case .foreignPlace(let place, let country):
                "\(place) is no place of \(country), and this is the log of \(country)"
            case .foreignName(let id, let country):
                "\(id) is a name of another country, and this is the log of \(country)"
            case .signatures(let needed, let found):
                "its mandate asks for the signatures of \(needed) keys of its author, found "
                    + "\(found)"
            case .period(let day): "no single mandate of its author covers all of it on \(day)"
            }
        return "the member \(member) breaks rule \(MandateGap.rule): \(found)"
    }
}

extension LogState {
    /// Why the act, as the next one of the log, lies outside its author's mandates, or speaks for
    /// another country; nil if it does neither.
    public func mandateGap(of logged: LoggedEntry) -> MandateGap? {
        if let gap = foreignGap(of: logged.entry.act) { return gap }
        guard let need = MandateNeed(logged.entry.act) else { return nil }
        let day = logged.loggedTime.day
        let mandates = mandates(
            of: logged.entry.envelope.author, at: logged.index, on: day)
        let signatures = signatureCount(of: logged)
        return mandates.contains { need.isMet(by: $0, on: day, signatures: signatures) }
            ? nil : MandateGap(need, mandates, on: day, signatures: signatures)
    }

    /// How many different keys of its author, as an authority, signed the entry.
    func signatureCount(of logged: LoggedEntry) -> Int {
        let author = logged.entry.envelope.author
        return Set(
            grants.filter {
                $0.role == .authority && $0.holder == author && $0.signs(at: logged.index)
                    && logged.entry.note.isSigned(by: $0.key)
            }.map(\.key.key)
        ).count
    }
}
