import Credentials
import Cryptography
import Encoding
import Records
import Registry
import Storage
import TransparencyLog

/// Signs and logs the status lists of one issuer.
///
/// `Protocol/status-list.md § Publication`. The ledger says what a list must say, the log what it
/// has said; where a crash came between, the next publication says it again.
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
        try catchUp(list, at: now)
        guard try ledger.lists().first(where: { $0.id == list })?.number == 0 else { return nil }
        return try publication(of: list, at: now, using: &generator)
    }

    private func newest(of list: String, at now: Timestamp) throws -> StatusListPublication? {
        try office.state(about: [issuer, list], at: now).statusLists(list, of: issuer)
            .map(\.publication).max { $0.number < $1.number }
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
    /// - Returns: the first entry of a new list; nil if the log says it already.
    func change(
        _ references: [StatusReference], to status: Status, at now: Timestamp
    ) async throws -> UInt64? {
        var lists: Set<String> = []
        for reference in references {
            let isSet = try ledger.status(of: reference) == status
            if isSet, try logged(reference, at: now) == status { continue }
            if !isSet { try ledger.set(status, of: reference) }
            lists.insert(reference.uri)
        }
        guard !lists.isEmpty else { return nil }
        var generator = SystemRandomNumberGenerator()
        let new = try lists.sorted().map { list in
            try catchUp(list, at: now)
            return try publication(of: list, at: now, using: &generator)
        }
        let published = try await office.publish(
            new.map(\.entry), blobs: new.map(\.blob), at: now)
        for (entry, _) in new {
            guard case .statusList(let publication) = entry.act else {
                throw RegistrarError.unknownAct("status-list")
            }
            try ledger.published(publication.list, number: Int64(publication.number))
        }
        return published[0].index
    }

    /// What the newest list in the log says of a credential; nil if there is none here.
    private func logged(_ reference: StatusReference, at now: Timestamp) throws -> Status? {
        guard let newest = try newest(of: reference.uri, at: now),
            let bytes = try office.database.reading({ try $0.blob(newest.hash) })
        else { return nil }
        return try StatusListToken(parsing: bytes).list.status(at: reference.index)
    }

    /// The lists that say that certificates were replaced, for the caller to log. One that has
    /// ended before stays as it is.
    func replacing(
        _ references: [StatusReference], at now: Timestamp,
        using generator: inout some RandomNumberGenerator
    ) throws -> [(entry: RegistryEntry, blob: [UInt8])] {
        var lists: [(entry: RegistryEntry, blob: [UInt8])] = []
        for list in Set(references.map(\.uri)).sorted() {
            try catchUp(list, at: now)
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

    /// Lets the ledger learn of the lists that were logged and what they say.
    func catchUp(_ list: String, at now: Timestamp) throws {
        guard let newest = try newest(of: list, at: now) else { return }
        let known = try ledger.lists().first { $0.id == list }?.number ?? 0
        let number = Int64(newest.number)
        guard known < number else { return }
        // What was replaced was logged together with its successor, before the ledger heard of it.
        if let bytes = try office.database.reading({ try $0.blob(newest.hash) }) {
            let logged = try StatusListToken(parsing: bytes).list
            let kept = try ledger.next(list).list
            for index in 0..<min(logged.count, kept.count)
            where try logged.status(at: index) == .replaced
                && kept.status(at: index) != .replaced
            {
                try ledger.set(.replaced, of: StatusReference(uri: list, index: index))
            }
        }
        for missing in (known + 1)...number { try ledger.published(list, number: missing) }
    }
}
