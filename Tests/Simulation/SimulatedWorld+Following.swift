internal import Cryptography
internal import Encoding
internal import TransparencyLog

// `Protocol/sync.md` § Following and § Forks, `Protocol/witness.md` § Answering and § Collecting.
extension SimulatedWorld {
    mutating func answerPull(_ log: Int, _ start: Int, _ node: Int, _ from: Int) {
        let database = nodes[node].disk.database
        var entries = database.logs[log]?.entries ?? []
        var head = database.logs[log]?.head
        if let second = secondHistory, log == nodes[node].country, !countries[log].isHonest,
            !nodes[from].country.isMultiple(of: 2)
        {
            entries = second
            head = try? checkpoint(log, over: second)
        }
        guard let head else { return }
        // Who has less shows its checkpoint all the same: it may be one of another history.
        let news = Array(entries[..<Int(head.head.size)].dropFirst(start))
        send(
            .pulled(log: log, from: start, entries: news, note: head.note), from: node, to: from)
    }

    func checkpoint(_ log: Int, over entries: [[UInt8]]) throws -> Checkpoint {
        Checkpoint.signed(
            try TreeHead(
                origin: countries[log].origin, size: UInt64(entries.count),
                root: MerkleTree.root(of: entries.map(MerkleTree.leafHash))),
            by: countries[log].log)
    }

    mutating func takePulled(
        _ log: Int, _ start: Int, _ news: [[UInt8]], _ note: SignedNote, _ node: Int
    ) throws {
        guard
            let checkpoint = try? Checkpoint(
                opening: note, signedBy: countries[log].log.verifier),
            var copy = nodes[node].disk.database.logs[log], !copy.isHalted,
            start <= copy.entries.count
        else { return }
        let isOwn = log == nodes[node].country
        // The own log is fetched back by a sealed node alone.
        if isOwn, nodes[node].sealReasons(among: countries).isEmpty { return }
        let size = Int(checkpoint.head.size)
        let database = nodes[node].disk.database
        if size <= copy.entries.count {
            guard database.root(log, size) == checkpoint.head.root else {
                return accuse(checkpoint, log, node, entries: nil)
            }
        } else {
            let entries = Array(copy.entries[..<start] + news)
            guard entries.count == size, entries.starts(with: copy.entries) else {
                return accuse(checkpoint, log, node, entries: entries)
            }
            var grown = copy
            for entry in entries.dropFirst(copy.entries.count) { grown.append(entry) }
            guard grown.roots.last == checkpoint.head.root else {
                return accuse(checkpoint, log, node, entries: entries)
            }
            copy = grown
            if isOwn {
                nodes[node].hasRecovered = true
                count("fetched back")
            }
        }
        let known = copy.head
        if known?.head.size ?? 0 <= checkpoint.head.size {
            let lines = known?.head == checkpoint.head ? known?.note.signatures ?? [] : []
            copy.head = merged(checkpoint, lines, log)
        }
        nodes[node].disk.database.logs[log] = copy
        try mayCrash(node)
        try witness(log, copy.head, node)
    }

    /// The checkpoint with the lines that verify.
    private func merged(
        _ checkpoint: Checkpoint, _ lines: [NoteSignature], _ log: Int
    ) -> Checkpoint {
        // The newest of each witness: the time is in the first bytes.
        var newest: [String: NoteSignature] = [:]
        for line in lines + checkpoint.note.signatures.dropFirst() {
            if let known = newest[line.name],
                !known.signature.lexicographicallyPrecedes(line.signature)
            {
                continue
            }
            newest[line.name] = line
        }
        let valid = countries[log].policy.valid(
            newest.values.sorted { $0.name < $1.name }, for: checkpoint)
        return checkpoint.withoutCosignatures.adding(valid)
    }

    /// Takes a checkpoint with a quorum for the newest that counts.
    private mutating func witness(_ log: Int, _ checkpoint: Checkpoint?, _ node: Int) throws {
        guard let checkpoint, let opened = countries[log].policy.open(checkpoint) else { return }
        try checkTime(opened, of: log)
        try ledger.accept(checkpoint.head, of: log)
        let known = nodes[node].disk.database.logs[log]?.witnessed?.head.size ?? 0
        guard checkpoint.head.size > known else { return }
        count("quorum")
        nodes[node].disk.database.logs[log]?.witnessed = checkpoint
    }

    // MARK: Forks

    /// A checkpoint that does not fit: with the hashes, it is a proof.
    private mutating func accuse(
        _ checkpoint: Checkpoint, _ log: Int, _ node: Int, entries: [[UInt8]]?
    ) {
        guard let copy = nodes[node].disk.database.logs[log], let ours = copy.head else { return }
        let theirs = checkpoint.withoutCosignatures
        let splitView: SplitView?
        if ours.head.size == theirs.head.size {
            splitView = SplitView(sameSize: ours.note, theirs.note)
        } else if ours.head.size > theirs.head.size {
            splitView = proof(theirs, ours, copy.entries)
        } else {
            splitView = entries.flatMap { proof(ours, theirs, $0) }
        }
        guard let splitView else { return }
        take(splitView, log, node)
    }

    private func proof(
        _ older: Checkpoint, _ newer: Checkpoint, _ entries: [[UInt8]]
    ) -> SplitView? {
        guard entries.count >= Int(newer.head.size) else { return nil }
        let leaves = entries.map(MerkleTree.leafHash)
        return try? SplitView(older: older.note, newer: newer.note) {
            (level: Int, index: UInt64) throws(LogError) in
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }
    }

    mutating func take(_ splitView: SplitView, _ log: Int, _ node: Int) {
        guard splitView.judge(keys: [countries[log].log.verifier]) else { return }
        count("split view")
        nodes[node].disk.database.splitViews[splitView.identity] = splitView
        nodes[node].disk.database.logs[log]?.isHalted = true
    }

    // MARK: Cosignatures

    mutating func collect(_ node: Int) {
        let country = nodes[node].country
        guard var head = nodes[node].disk.database.logs[country]?.head else { return }
        let peer = Int.random(in: 0..<countries.count, using: &generator)
        guard peer != country else { return }
        var entries = nodes[node].disk.database.logs[country]?.entries ?? []
        if let second = secondHistory, !countries[country].isHonest, !peer.isMultiple(of: 2),
            let other = try? checkpoint(country, over: second)
        {
            (head, entries) = (other, second)
        }
        let old = min(nodes[node].guesses[peer] ?? 0, head.head.size)
        let leaves =
            entries == nodes[node].disk.database.logs[country]?.entries
            ? nodes[node].disk.database.logs[country]?.leaves ?? []
            : entries.map(MerkleTree.leafHash)
        let proof = SimulatedDatabase.proof(over: leaves, from: old, to: head.head.size)
        guard
            let request = try? WitnessRequest(
                oldSize: old, proof: proof, note: head.withoutCosignatures.note)
        else { return }
        send(
            .addCheckpoint(request.serialized, log: country), from: node, toCountry: peer)
    }

    mutating func answerCheckpoint(
        _ bytes: [UInt8], _ log: Int, _ node: Int, _ from: Int
    ) throws {
        guard let request = try? WitnessRequest(parsing: bytes) else { return }
        let country = nodes[node].country
        let time = clock(of: country)
        guard countries[country].isHonest else {
            let line = countries[country].witness.cosign(request.head, at: time)
            return send(.cosigned(line, request.head), from: node, to: from)
        }
        let database = nodes[node].disk.database
        guard log != country, database.logs[log]?.isHalted == false else { return }
        let decision = WitnessDecision.decide(
            request, keys: [countries[log].log.verifier],
            latest: database.memories[.witness]?.heads[log])
        switch decision {
        case .cosign(let checkpoint):
            guard nodes[node].sealReasons(among: countries).isEmpty,
                database.memories[.witness]?.complete.contains(log) == true
            else { return }
            if case .staged(let staged) = nodes[node].judge(.witness, among: countries) {
                return finishStep(.witness, staged, node)
            }
            if database.memories[.witness]?.heads[log] != checkpoint.head {
                try step(.witness, to: checkpoint.head, log, node)
            }
            if !doubled.contains(country) {
                try ledger.cosign(checkpoint.head, of: log, by: country)
            }
            count("cosign")
            let line = countries[country].witness.cosign(checkpoint.head, at: time)
            send(.cosigned(line, checkpoint.head), from: node, to: from)
        case .conflict(let size):
            send(.knows(size: size, log: log), from: node, to: from)
        default: return
        }
    }

    mutating func takeCosignature(
        _ line: NoteSignature, _ head: TreeHead, _ node: Int
    ) throws {
        let country = nodes[node].country
        guard let checkpoint = nodes[node].disk.database.logs[country]?.head,
            checkpoint.head == head
        else {
            guard !countries[country].isHonest, let second = secondHistory,
                let other = try? self.checkpoint(country, over: second), other.head == head
            else { return }
            secondLines.append(line)
            if countries[country].policy.open(other.adding(secondLines)) != nil {
                try ledger.accept(head, of: country)
            }
            return
        }
        let next = merged(checkpoint, [line], country)
        nodes[node].disk.database.logs[country]?.head = next
        try witness(country, next, node)
    }

    // MARK: Treason

    /// The traitor's log grows twice, from some size on in two ways.
    mutating func betray(_ node: Int) throws {
        let country = nodes[node].country
        guard var log = nodes[node].disk.database.logs[country] else { return }
        let number = Int.random(in: 0...Int.max, using: &generator)
        if secondHistory == nil, log.entries.count > 3, chance(1, in: 4) {
            secondHistory = Array(log.entries.dropLast(2))
            count("fork")
        }
        if secondHistory != nil {
            secondHistory?.append(Array("other \(number)".utf8))
            secondLines = []
            if let second = secondHistory {
                try ledger.sign(
                    checkpoint(country, over: second).head, of: country,
                    over: SimulatedDatabase.Log(entries: second).roots,
                    isHonest: false)
            }
        }
        log.append(Array("entry \(number)".utf8))
        let head = try checkpoint(country, over: log.entries)
        try ledger.sign(head.head, of: country, over: log.roots, isHonest: false)
        log.head = head
        nodes[node].disk.database.logs[country] = log
    }
}
