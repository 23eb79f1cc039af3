internal import Cryptography
internal import Encoding
internal import TransparencyLog

// `Protocol/log.md` § Publishing and § Buddy, with a crash point between any two steps.
extension SimulatedWorld {
    mutating func tick(_ node: Int) throws {
        let country = nodes[node].country
        try publishOn(node)
        try startOn(node)
        // Each step a little of what a round does.
        if isQuiet || chance(1, in: 4) {
            let log = Int.random(in: 0..<countries.count, using: &generator)
            let peer = Int.random(in: 0..<countries.count, using: &generator)
            let mayPull = log != country || !nodes[node].sealReasons(among: countries).isEmpty
            if peer != country, mayPull {
                let size = nodes[node].disk.database.logs[log]?.entries.count ?? 0
                send(.pull(log: log, from: size), from: node, toCountry: peer)
            }
        }
        if isQuiet || chance(1, in: 4) { collect(node) }
        if profile.succeeds { showSuccessors(node) }
        if chance(1, in: 10),
            let splitView = nodes[node].disk.database.splitViews.values.min(by: {
                $0.identity.hexadecimal < $1.identity.hexadecimal
            }),
            let log = countries.firstIndex(where: { $0.origin == splitView.origin })
        {
            let peer = Int.random(in: 0..<countries.count, using: &generator)
            send(.splitView(splitView, log: log), from: node, toCountry: peer)
        }
    }

    private mutating func publishOn(_ node: Int) throws {
        let country = nodes[node].country
        if !countries[country].isHonest {
            if !isQuiet, chance(1, in: 30) { try betray(node) }
            if profile.succeeds, isQuiet { try offerSuccessor(node) }
            return
        }
        if let publication = nodes[node].publication {
            guard time >= publication.deadline else { return }
            nodes[node].publication = nil
            if publication.isGranted { try finish(publication, node) }
            return
        }
        guard nodes[node].sealReasons(among: countries).isEmpty,
            nodes[node].disk.database.logs[country]?.isHalted == false
        else { return }
        let log = nodes[node].disk.database.logs[country]
        let isPending = UInt64(log?.entries.count ?? 0) > log?.head?.head.size ?? 0
        guard isPending || (!isQuiet && chance(1, in: 25)) else { return }
        if !isPending || (!isQuiet && chance(1, in: 8)) {
            let number = Int.random(in: 0...Int.max, using: &generator)
            nodes[node].disk.database.logs[country]?.append(
                Array("entry \(number)".utf8))
            count("append")
            try mayCrash(node)
        }
        try stage(node)
    }

    private mutating func stage(_ node: Int) throws {
        let country = nodes[node].country
        let size = nodes[node].disk.database.logs[country]?.entries.count ?? 0
        guard let root = nodes[node].disk.database.root(country, size),
            let head = try? TreeHead(
                origin: countries[country].origin, size: UInt64(size), root: root),
            let mark = nodes[node].disk.database.marks[.log]
        else { return }
        nodes[node].disk.file[.log] = mark.advanced(to: head)
        try mayCrash(node)
        nodes[node].publication = SimulatedNode.Publication(
            head: head, isGranted: countries[country].buddy == nil, deadline: time + 40)
        askBuddy(node, head, since: nodes[node].disk.database.logs[country]?.head?.head.size ?? 0)
        ask(node, country)
    }

    private mutating func askBuddy(_ node: Int, _ head: TreeHead, since old: UInt64) {
        let country = nodes[node].country
        guard let buddy = countries[country].buddy,
            let proof = nodes[node].disk.database.proof(
                country, from: Int(old), to: Int(head.size)),
            let request = try? GrantRequest(
                head, oldSize: old, proof: proof, signedBy: countries[country].log)
        else { return }
        send(.grant(request.serialized), from: node, toCountry: buddy)
    }

    /// Asks every witness of a log, and the own buddy, what they saw.
    mutating func ask(_ node: Int, _ log: Int) {
        for peer in countries.indices where peer != log && peer != nodes[node].country {
            let nonce = HashValue(of: "\(UInt64.random(in: 0 ... .max, using: &generator))".utf8)
            let question = SeenRequest(origin: countries[log].origin, nonce: nonce)
            send(.seen(question.serialized, log: log), from: node, toCountry: peer)
        }
    }

    mutating func answerGrant(_ bytes: [UInt8], _ node: Int, _ from: Int) throws {
        let buddy = nodes[node].country
        guard let request = try? GrantRequest(parsing: bytes),
            let log = countries.firstIndex(where: { $0.origin == request.head.origin }),
            log != buddy, nodes[node].sealReasons(among: countries).isEmpty,
            nodes[node].disk.database.memories[.buddy]?.complete.contains(log) == true
        else { return }
        if case .staged(let staged) = nodes[node].judge(.buddy, among: countries) {
            finishStep(.buddy, staged, node)
        }
        let database = nodes[node].disk.database
        let latest = [database.memories[.buddy]?.heads[log], database.logs[log]?.head?.head]
            .compactMap(\.self).max { $0.size < $1.size }
        let decision = GrantDecision.decide(
            request, keys: [countries[log].log.verifier], latest: latest)
        switch decision {
        case .grant(let head):
            if database.memories[.buddy]?.heads[log] != head {
                try step(.buddy, to: head, log, node)
            }
            try ledger.grant(head, of: log, isExempt: doubled.contains(buddy))
            count("grant")
            let line = countries[buddy].witness.grant(head, at: Timestamp(seconds: Int64(time)))
            send(.granted(line, head), from: node, to: from)
        case .conflict(let size):
            send(
                .notGranted(size: size, asked: request.oldSize, request.head), from: node,
                to: from)
        case .inconsistent:
            let size = request.head.size
            send(.notGranted(size: size, asked: size, request.head), from: node, to: from)
        default: return
        }
    }

    mutating func takeGrant(_ line: NoteSignature, _ head: TreeHead, _ node: Int) {
        guard let publication = nodes[node].publication, publication.head == head,
            let buddy = countries[nodes[node].country].buddy,
            countries[buddy].witness.verifier.grants(head, by: line)
        else { return }
        nodes[node].publication?.isGranted = true
    }

    mutating func takeRefusal(
        _ size: UInt64, asked old: UInt64, _ head: TreeHead, _ node: Int
    ) {
        guard nodes[node].publication?.head == head else { return }
        if size < head.size || (size == head.size && old != size) {
            askBuddy(node, head, since: size)
            return
        }
        count("refused")
        nodes[node].publication = nil
        nodes[node].disk.database.session = nil
    }

    /// The signature, if the answers that came in time leave room for it.
    private mutating func finish(_ publication: SimulatedNode.Publication, _ node: Int) throws {
        let country = nodes[node].country
        guard nodes[node].sealReasons(among: countries).isEmpty else { return }
        let database = nodes[node].disk.database
        let size = UInt64(database.logs[country]?.entries.count ?? 0)
        guard size == publication.head.size else { return }
        let quorum = ReadQuorum(of: countries[country].policy)
        let judgement = quorum.judge(publication.answers, size: size) {
            database.root(country, Int($0)) ?? MerkleTree.emptyRoot
        }
        switch judgement {
        case .reached, .refused(.quorumSilent): break
        case .refused where profile.isCareless: break
        case .refused:
            count("sealed")
            nodes[node].disk.database.session = nil
            return
        }
        let checkpoint = Checkpoint.signed(publication.head, by: countries[country].log)
        guard nodes[node].signedSize <= size else {
            throw Failure(description: "I1: node \(node) signs a smaller log")
        }
        nodes[node].signedSize = size
        try ledger.sign(
            publication.head, of: country, over: database.logs[country]?.roots ?? [],
            isHonest: true)
        count("sign")
        try mayCrash(node)
        nodes[node].disk.database.logs[country]?.head = checkpoint
        nodes[node].disk.database.marks[.log] = nodes[node].disk.file[.log]
    }

    /// One step of a memory: the file, then the database.
    mutating func step(
        _ role: SimulatedDatabase.SigningRole, to head: TreeHead, _ log: Int, _ node: Int
    ) throws {
        guard let mark = nodes[node].disk.database.marks[role.mark] else { return }
        nodes[node].disk.file[role.mark] = mark.advanced(to: head)
        try mayCrash(node)
        nodes[node].disk.database.memories[role]?.heads[log] = head
        nodes[node].disk.database.marks[role.mark] = mark.advanced(to: head)
        try mayCrash(node)
    }

    mutating func finishStep(
        _ role: SimulatedDatabase.SigningRole, _ head: TreeHead, _ node: Int
    ) {
        guard let log = countries.firstIndex(where: { $0.origin == head.origin }) else { return }
        nodes[node].disk.database.memories[role]?.heads[log] = head
        nodes[node].disk.database.marks[role.mark] = nodes[node].disk.file[role.mark]
    }
}
