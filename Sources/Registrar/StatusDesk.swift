import Credentials
import Cryptography
import Encoding
import Records
import Registry
import Storage
import TransparencyLog

/// Signs and logs the status lists of one issuer.
///
/// `Protocol/status-list.md § Publication`. A list changes when the log takes it and not before: the
/// ledger follows the log, at once or, after a crash between the two, when records are opened.
struct StatusDesk: Sendable {
    let office: Office
    let ledger: StatusListLedger
    let key: SigningKey
    let signer: NoteSigner

    private var issuer: String { signer.verifier.name }

    /// A list with room for so many more credentials: one of the issuer's, or a new one.
    func list(for count: Int) throws -> String {
        let first = StatusListName.current(of: issuer, network: office.card.pin.origin)
        let stem = first.dropLast()
        var number = 1
        let known = Dictionary(
            try ledger.lists().map { ($0.id, $0.freeSlots) },
            uniquingKeysWith: { first, _ in first }
        )
        while let free = known["\(stem)\(number)"] {
            if free >= count { return "\(stem)\(number)" }
            number += 1
        }
        try ledger.create("\(stem)\(number)")
        return "\(stem)\(number)"
    }

    /// The first publication of a list that the log does not have yet; nil if it has one.
    func firstPublication(
        of list: String, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) throws -> (entry: RegistryEntry, blob: [UInt8])? {
        guard try ledger.lists().first(where: { $0.id == list })?.number == 0 else { return nil }
        try catchUp(list)
        guard try ledger.lists().first(where: { $0.id == list })?.number == 0 else { return nil }
        return try publication(of: list, at: now, using: &generator)
    }

    /// The next token of a list, signed by the issuer, and the entry that commits to it.
    func publication(
        of list: String, at now: Timestamp, using generator: inout some RandomNumberGenerator
    ) throws -> (entry: RegistryEntry, blob: [UInt8]) {
        try publication(of: list, ledger.next(list), at: now, using: &generator)
    }

    private func publication(
        of list: String, _ next: (number: Int64, list: StatusList), at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) throws -> (entry: RegistryEntry, blob: [UInt8]) {
        let (number, states) = next
        let token = StatusListToken.signed(states, subject: list, at: now, by: key)
        let entry = try ActDraft(
            kind: "status-list", author: issuer, subjects: [issuer, list],
            act: [
                "body": .string(issuer), "list": .string(list), "number": .integer(number),
                "hash": .string(token.hash.hexadecimal),
            ]
        ).entry(for: office.card.pin.origin, signedBy: [signer], using: &generator)
        return (entry, token.serialized)
    }

    /// Makes lists say something of some credentials, and logs them together.
    ///
    /// Order: the log judges the issuer's key and standing before anything is written; the ledger
    /// hears of what it took. A refusal leaves no trace; a crash before the log did too; one after it
    /// is mended by `catchUp`.
    ///
    /// - Returns: the first entry of a new list; nil if the log says it already.
    func change(
        _ references: [StatusReference], to status: Status, at now: Timestamp
    ) async throws -> UInt64? {
        var generator = SystemRandomNumberGenerator()
        var new: [(entry: RegistryEntry, blob: [UInt8])] = []
        let lists = Set(references.map(\.uri)).sorted()
        for list in lists {
            try catchUp(list)
            var next = try ledger.next(list)
            let before = next.list
            for place in references where place.uri == list {
                try next.list.set(status, at: place.index)
            }
            guard next.list != before else { continue }
            new.append(try publication(of: list, next, at: now, using: &generator))
        }
        guard !new.isEmpty else { return nil }
        let published = try await office.publish(
            new.map(\.entry), blobs: new.map(\.blob), at: now)
        for list in lists { try catchUp(list) }
        return published[0].index
    }

    /// The lists that say that certificates were replaced, for the caller to log. One that has
    /// ended before stays as it is.
    func replacing(
        _ references: [StatusReference], at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) throws -> [(entry: RegistryEntry, blob: [UInt8])] {
        var lists: [(entry: RegistryEntry, blob: [UInt8])] = []
        for list in Set(references.map(\.uri)).sorted() {
            try catchUp(list)
            let before = try ledger.next(list)
            var states = before.list
            for place in references where place.uri == list {
                guard try states.status(at: place.index) != .invalid else { continue }
                try states.set(.replaced, at: place.index)
            }
            lists.append(
                try publication(of: list, (before.number, states), at: now, using: &generator))
        }
        return lists
    }

    /// Lets the ledger learn what the newest list in the log says.
    func catchUp(_ list: String) throws {
        try LoggedStatusLists(office: office, ledger: ledger).catchUp(list, of: issuer)
    }
}
