internal import Cryptography
internal import Encoding
internal import Pages
internal import Registrar
internal import Registry

/// Keeps the registry as it was last read, until a log has grown: a fold of every log is not made
/// for each page.
actor AtlasShelf {
    private var kept: (marks: [String], day: CalendarDate, atlas: Atlas)?

    func atlas(of office: Office, at now: Timestamp) throws -> Atlas {
        let desk = RegistryDesk(database: office.database, anchor: try office.anchor(at: now))
        let marks = try desk.marks(at: now)
        if let kept, kept.marks == marks, kept.day == now.day { return kept.atlas }
        let logs = try desk.logs(at: now).map { log in
            Atlas.Log(
                country: log.country, origin: log.origin,
                originHash: HashValue(of: log.origin.utf8), size: log.size,
                quorumTime: log.quorumTime, isFrozen: log.isFrozen, acts: log.acts)
        }
        let atlas = Atlas(logs, on: now.day)
        kept = (marks, now.day, atlas)
        return atlas
    }
}
