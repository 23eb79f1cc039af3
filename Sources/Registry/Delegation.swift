public import Encoding

/// An accreditation that a body makes for its campus: within its own scope, and never wider.
///
/// `Protocol/entry.md § Delegation`. One step: what was delegated is not delegated again. It ends
/// with the last accreditation of the body that covers it.
extension LogState {
    /// Whether a body made it, and no authority.
    func isDelegated(_ standing: StandingAct) -> Bool {
        guard case .accreditation = standing.act else { return false }
        let author = standing.logged.entry.envelope.author
        return !grants.contains { $0.role == .authority && $0.holder == author }
    }

    /// The accreditations of the delegating body itself, by an authority, ended ones included.
    func ownAccreditations(of body: String) -> [StandingAccreditation] {
        acts.compactMap { standing in
            guard case .accreditation(let accreditation) = standing.act,
                accreditation.body == body, standing.isMandated, !isDelegated(standing)
            else { return nil }
            return StandingAccreditation(accreditation: accreditation, standing: standing)
        }
    }

    /// The act with the end that those give it on which it rests.
    func bounded(_ standing: StandingAct, _ delegated: Accreditation) -> StandingAct {
        let author = standing.logged.entry.envelope.author
        let ends = ownAccreditations(of: author)
            .filter { DelegationGap(of: delegated, from: $0.accreditation) == nil }
            .map(\.standing.end)
        // While one of them stands, it stands.
        let latest = ends.contains(nil) ? nil : ends.compactMap { $0 }.max { $0.isBefore($1) }
        guard let latest else { return standing }
        var bounded = standing
        if let own = standing.end, own.isBefore(latest) { return standing }
        bounded.end = latest
        return bounded
    }

    /// Why a body may not make that accreditation as the next act of the log; nil if it may, or if
    /// no body makes it.
    public func delegationGap(of logged: LoggedEntry) -> DelegationGap? {
        guard case .accreditation(let act) = logged.entry.act else { return nil }
        let author = logged.entry.envelope.author
        let own = ownAccreditations(of: author).filter {
            $0.standing.stands(at: logged.index, on: logged.loggedTime.day)
        }
        let gaps = own.map { DelegationGap(of: act, from: $0.accreditation) }
        return gaps.contains(nil) ? nil : gaps.last ?? nil
    }

    /// The bodies that gave a body what it may award: what happens to them concerns it.
    public func delegators(of body: String) -> Set<String> {
        Set(
            accreditations(of: body).filter { isDelegated($0.standing) }.map(\.accreditor))
    }
}

/// Where a delegated accreditation is wider than the one that it comes from.
public enum DelegationGap: Hashable, Sendable {
    /// The accreditor did not say that the body may delegate.
    case notAllowed
    case toItself
    case qualification(String)
    case from(CalendarDate)
    case until(CalendarDate?)
    case site(String)
    case archive
    case loggingDays(Int64)
    case tier
    /// A campus does not delegate.
    case again

    init?(of act: Accreditation, from own: Accreditation) {
        let strange = act.qualifications.first { !own.qualifications.contains($0) }
        if !own.allowsDelegation {
            self = .notAllowed
        } else if act.body == own.body {
            self = .toItself
        } else if let strange {
            self = .qualification(strange)
        } else if act.period.from < own.period.from {
            self = .from(act.period.from)
        } else if let end = own.period.until, act.period.until.map({ $0 > end }) ?? true {
            self = .until(act.period.until)
        } else if let site = own.site, act.site != site {
            self = .site(act.site ?? "any")
        } else if act.allowsArchive, !own.allowsArchive {
            self = .archive
        } else if act.loggingDays > own.loggingDays {
            self = .loggingDays(act.loggingDays)
        } else if act.tier != own.tier {
            self = .tier
        } else if act.allowsDelegation {
            self = .again
        } else {
            return nil
        }
    }
}

extension DelegationGap: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAllowed: "its accreditation does not let it delegate"
        case .toItself: "a body does not accredit itself"
        case .qualification(let id): "it is not accredited for \(id) itself"
        case .from(let day): "its own accreditation does not reach back to \(day)"
        case .until(let day):
            "its own accreditation ends before \(day.map { "\($0)" } ?? "the open end")"
        case .site(let site): "its own accreditation is for another site than \(site)"
        case .archive: "it may not confirm awards of the past itself"
        case .loggingDays(let days): "its own awards must be logged within less than \(days) days"
        case .tier: "its own accreditation is of another tier"
        case .again: "what is delegated cannot be delegated again"
        }
    }
}

extension StandingAct.End {
    fileprivate func isBefore(_ other: Self) -> Bool {
        (isAnnulment ? 0 : 1, effective, index)
            < (other.isAnnulment ? 0 : 1, other.effective, other.index)
    }
}
