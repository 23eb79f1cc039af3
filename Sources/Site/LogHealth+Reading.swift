internal import Encoding
internal import Pages
internal import Registrar
internal import Registry
internal import Storage
internal import Sync
internal import TransparencyLog

extension LogHealth {
    /// Every log that is kept here, the node's own first.
    static func all(in office: Office, at now: Timestamp) throws -> [LogHealth] {
        var countries = [office.card.pin.origin: office.card.country]
        let peers = try TrustedLogs(
            database: office.database, anchor: try office.anchor(at: now), at: now
        ).peers()
        for (country, peer) in peers { countries[peer.pin.origin] = country }
        let logs = try office.database.read { snapshot throws(StorageError) in
            var logs: [LogHealth] = []
            for record in try snapshot.logs() {
                let newest = try snapshot.head(record.origin)
                let witnessed = try snapshot.witnessedHead(record.origin)
                let forks = try snapshot.splitViews(record.origin)
                logs.append(
                    LogHealth(
                        country: countries[record.origin], origin: record.origin,
                        originHash: record.originHash, isOwn: record.isOwn, size: record.size,
                        standing: Standing(record.standing), quorumTime: witnessed?.quorumTime,
                        signers: (newest?.note.signatures ?? []).map(\.name), forks: forks))
            }
            return logs
        }
        return logs.sorted { left, right in
            left.isOwn != right.isOwn ? left.isOwn : left.origin < right.origin
        }
    }
}

extension LogHealth.Standing {
    fileprivate init(_ standing: LogStanding) {
        self =
            switch standing {
            case .sound: .sound
            case .keyMisused(let size): .misused(goodSize: size)
            case .frozen(let size): .frozen(commonSize: size)
            }
    }
}
