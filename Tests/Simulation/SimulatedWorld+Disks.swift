internal import Cryptography
internal import TransparencyLog

// Backups, restored disks, second copies; and what must hold after every step.
extension SimulatedWorld {
    mutating func disturbDisks() {
        let areAllWell = nodes.allSatisfy { node in
            !node.isUp || node.sealReasons(among: countries).isEmpty
                || !countries[node.country].isHonest
        }
        if profile.restores || profile.clones, chance(1, in: 10) {
            let node = Int.random(in: 0..<nodes.count, using: &generator)
            backups.append((node, nodes[node].disk))
            if backups.count > 8 { backups.removeFirst() }
        }
        // One lost disk at a time: the next only when the last was recovered.
        if profile.restores, areAllWell, chance(1, in: 15),
            let backup = backups.randomElement(using: &generator)
        {
            restore(backup.disk, on: backup.node)
        }
        if profile.clones, areAllWell, doubled.isEmpty, chance(1, in: 15) {
            let original = Int.random(in: 0..<nodes.count, using: &generator)
            var copy = SimulatedNode(
                country: nodes[original].country, disk: nodes[original].disk)
            copy.disk.identity = 100
            doubled = [copy.country]
            nodes.append(copy)
            start(nodes.count - 1)
            count("clone")
        }
    }

    private mutating func restore(_ disk: SimulatedDisk, on node: Int) {
        let file = nodes[node].disk.file
        nodes[node].disk = disk
        nodes[node].disk.identity = 200 + time
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: nodes[node].disk.file = [:]
        case 1: nodes[node].disk.file = file
        default: break
        }
        nodes[node].forget()
        nodes[node].signedSize = 0
        start(node)
        count("restore")
        guard profile.isCareless else { return }
        nodes[node].disk.file = nodes[node].disk.database.marks
        nodes[node].disk.database.session = nodes[node].session
    }

    /// The invariants of `../shared/failures.md` §4 that one node can break by itself; those
    /// about signatures are checked where they are made.
    func checkInvariants(_ number: Int) throws {
        let node = nodes[number]
        guard countries[node.country].isHonest else { return }
        for (log, copy) in node.disk.database.logs {
            for note in [copy.head, copy.witnessed].compactMap(\.self) {
                // I2, I6: nothing is stored but under a root that the log signed.
                guard
                    node.disk.database.root(log, Int(note.head.size)) == note.head.root
                else {
                    throw Failure(
                        description: "I2: node \(number) keeps a note of log \(log) over other "
                            + "entries")
                }
            }
            guard
                log == node.country || copy.entries.isEmpty
                    || copy.head?.head.size == UInt64(copy.entries.count)
            else {
                throw Failure(
                    description: "I6: node \(number) holds entries of log \(log) under no root")
            }
        }
        // I7 and I8: one proof an identity, each judged; never more than the traitor made.
        for (identity, splitView) in node.disk.database.splitViews {
            guard identity == splitView.identity, let origin = splitView.origin,
                let log = countries.firstIndex(where: { $0.origin == origin }),
                !countries[log].isHonest || doubled.contains(log)
            else {
                let sizes = [splitView.notes.0, splitView.notes.1]
                    .map { (try? TreeHead(parsing: $0.text).size) ?? 0 }
                throw Failure(
                    description: "\(splitView.origin ?? "no log") is accused at node \(number) "
                        + "with sizes \(sizes)")
            }
        }
    }

    /// I4: at least k - f honest witnesses remember what has a quorum.
    func checkMemories() throws {
        for log in countries.indices {
            guard let head = ledger.largestQuorum(log) else { continue }
            let quorum = countries[log].policy.leastQuorum
            let bad = (countries.count - 2) / 3
            let knowing = nodes.filter {
                $0.country != log && countries[$0.country].isHonest
                    && $0.disk.database.memories[.witness]?.heads[log]?.size ?? 0 >= head.size
            }
            guard knowing.count >= quorum - bad else {
                throw Failure(
                    description: "I4: \(knowing.count) honest nodes remember the quorum of log "
                        + "\(log) at \(head.size)")
            }
        }
    }
}
