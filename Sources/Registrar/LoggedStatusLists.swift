import Credentials
import Records
import Registry
import Storage

/// What the log says of a node's status lists, for the ledger to follow.
///
/// `Protocol/status-list.md § Publication`. A crash between the log and the ledger leaves the
/// ledger behind, never ahead.
struct LoggedStatusLists {
    let office: Office
    let ledger: StatusListLedger

    /// Lets the ledger learn what the newest token of a list says.
    ///
    /// - Throws: `RegistrarError.listMissing` if the log names a newer token that is not here:
    ///   publishing without it could take back what it said.
    func catchUp(_ list: String, of issuer: String) throws {
        let origin = office.card.pin.origin
        // What would have no effect is not in an own log: each was higher than the one before.
        let newest = try office.database.reading { snapshot in
            try snapshot.entries(
                origin,
                selecting: EntrySelection(subjects: [list], onlyKinds: ["status-list"]),
                below: try snapshot.log(origin)?.size ?? 0)
        }.compactMap { stored -> StatusListPublication? in
            guard case .statusList(let act) = try? RegistryEntry(parsing: stored.bytes).act,
                act.list == list, act.body == issuer
            else { return nil }
            return act
        }.max { $0.number < $1.number }
        guard let newest else { return }
        let known = try ledger.next(list)
        guard let bytes = try office.database.reading({ try $0.blob(newest.hash) }) else {
            guard known.number > Int64(newest.number) else {
                throw RegistrarError.listMissing(list: list, number: newest.number)
            }
            return
        }
        let logged = try StatusListToken(parsing: bytes).list
        guard known.number != Int64(newest.number) + 1 || known.list != logged else { return }
        try ledger.adopt(list, number: Int64(newest.number), list: logged)
    }

    /// The same for every list of the ledger, as far as the tokens are here.
    func settle() throws {
        let origin = office.card.pin.origin
        for list in try ledger.lists() {
            guard let issuer = StatusListName.issuer(of: list.id, network: origin) else { continue }
            // What is missing is refused where a list is to be published, and found by the doctor.
            do { try catchUp(list.id, of: issuer) } catch RegistrarError.listMissing {}
        }
    }
}
