import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import Storage
import TransparencyLog

/// What ends soon of what the node, its authorities and its bodies may do.
extension Doctor {
    /// How long before its end something is named.
    private static let days: Int64 = 60

    func keys() throws -> [DoctorFinding] {
        var found: [DoctorFinding] = []
        for role in NodeDirectory.Role.allCases where role != .nextRoot && role != .mirror {
            let file = node.keyFile(role)
            let data = FileManager.default.contents(atPath: file.path)
            if role == .root, data == nil { continue }
            if data.flatMap({ try? KeyFile(parsing: Array($0)) }) == nil {
                found.append(
                    .fault(
                        .keys, "the \(role.rawValue) key is not at \(file.path)",
                        "concord restore newest.backup --keys newest.keys --recovery-key recovery.key "
                            + "--node \(folder).restored"))
            }
        }
        for end in try ends() {
            let days = end.until.daysSince1970 - now.day.daysSince1970
            let text = days < 0 ? "ended \(end.until)" : "ends \(end.until), in \(days) days"
            found.append(
                days < 0
                    ? .fault(.keys, "\(end.what) \(text)", end.remedy)
                    : .attention(.keys, "\(end.what) \(text)", end.remedy))
        }
        return found.isEmpty ? [.fine(.keys, "none ends within \(Doctor.days) days")] : found
    }

    private struct End {
        let what: String
        let until: CalendarDate
        let remedy: String
    }

    /// The mandates and accreditations in force, each by the last of its ends; what ended more than
    /// so many days ago was meant to.
    private func ends() throws -> [End] {
        let origin = office.card.pin.origin
        let entries = try office.database.read { snapshot throws(StorageError) in
            let size = try snapshot.log(origin)?.size ?? 0
            return try snapshot.entries(
                origin, selecting: EntrySelection(kinds: ["accreditation"]), below: size)
        }
        let bodies = Set(
            entries.compactMap { entry -> String? in
                guard let parsed = try? RegistryEntry(parsing: entry.bytes),
                    case .accreditation(let accreditation) = parsed.act
                else { return nil }
                return accreditation.body
            })
        let state = try office.state(about: bodies, at: now)
        var last: [String: (End, isOpen: Bool)] = [:]
        for act in state.acts where act.isMandated && act.end == nil {
            let (what, period, remedy): (String, Period, String)
            let index = act.logged.index
            switch act.act {
            case .mandate(let mandate):
                what = "the mandate of \(mandate.authority)"
                (period, remedy) = (
                    mandate.period, "concord publish renew \(index) --node \(folder)"
                )
            case .accreditation(let accreditation):
                let author = act.logged.entry.envelope.author
                let givers = state.accreditations(of: author).map(\.accreditation.period)
                let isDelegated = !givers.isEmpty
                what =
                    (isDelegated ? "the delegation to " : "the accreditation of ")
                    + accreditation.body
                (period, remedy) = (
                    accreditation.period,
                    "concord publish renew \(index) --key \(author).key --node \(folder)"
                        + Doctor.bound(on: accreditation.period, by: givers)
                )
            default: continue
            }
            let until = period.until ?? .latest
            if let known = last[what], known.0.until >= until { continue }
            last[what] = (End(what: what, until: until, remedy: remedy), period.until == nil)
        }
        let today = now.day.daysSince1970
        return last.values.filter { end, isOpen in
            !isOpen && abs(end.until.daysSince1970 - today) <= Doctor.days
        }.map(\.0).sorted { ($0.until, $0.what) < ($1.until, $1.what) }
    }

    /// Until when a delegation can be renewed: no longer than what its giver was given.
    private static func bound(on period: Period, by givers: [Period]) -> String {
        guard let first = period.until?.adding(days: 1),
            let giver = givers.last(where: { $0.contains(first) }), let end = giver.until
        else { return "" }
        return " --until \(end)"
    }
}
