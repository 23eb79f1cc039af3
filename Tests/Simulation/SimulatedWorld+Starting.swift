internal import Cryptography
internal import Encoding
internal import TransparencyLog

// `Protocol/log.md` § Start: what a sealed node asks, and what it takes for an answer.
extension SimulatedWorld {
    mutating func startOn(_ node: Int) throws {
        let country = nodes[node].country
        guard countries[country].isHonest else { return }
        let reasons = nodes[node].sealReasons(among: countries)
        if !reasons.isEmpty {
            guard let inquiry = nodes[node].start else {
                nodes[node].start = SimulatedNode.Inquiry(deadline: time + 30)
                ask(node, country)
                return
            }
            guard time >= inquiry.deadline else { return }
            nodes[node].start = nil
            try judgeStart(inquiry, reasons, node)
        }
        try clearDoubts(node)
    }

    private mutating func judgeStart(
        _ inquiry: SimulatedNode.Inquiry, _ reasons: [SealReason], _ node: Int
    ) throws {
        let country = nodes[node].country
        let isBroken = reasons.contains(where: \.isBrokenMark)
        let database = nodes[node].disk.database
        let size = UInt64(database.logs[country]?.entries.count ?? 0)
        let quorum = ReadQuorum(of: countries[country].policy)
        guard
            quorum.judge(
                inquiry.answers, size: size,
                root: { database.root(country, Int($0)) ?? MerkleTree.emptyRoot }) == .reached
        else {
            count("stays sealed")
            return
        }
        count(isBroken ? "recovered" : "opened")
        if isBroken || nodes[node].hasRecovered {
            if isBroken {
                for role in SimulatedDatabase.SigningRole.allCases {
                    nodes[node].disk.database.memories[role]?.complete = []
                }
            }
            let incarnation = HashValue(
                of: "\(UInt64.random(in: 0 ... .max, using: &generator))".utf8)
            let marks = LifeMark.Role.allCases.map { role in
                LifeMark(
                    role: role, incarnation: incarnation,
                    head: role == .log ? database.logs[country]?.head?.head : nil)
            }
            for mark in marks { nodes[node].disk.file[mark.role] = mark }
            try mayCrash(node)
            for mark in marks { nodes[node].disk.database.marks[mark.role] = mark }
        }
        nodes[node].hasRecovered = false
        nodes[node].disk.database.session = nodes[node].session
    }

    private mutating func clearDoubts(_ node: Int) throws {
        let country = nodes[node].country
        for role in SimulatedDatabase.SigningRole.allCases {
            let complete = nodes[node].disk.database.memories[role]?.complete ?? []
            for log in countries.indices where log != country && !complete.contains(log) {
                let doubt = SimulatedNode.Doubt(log: log, role: role)
                guard let inquiry = nodes[node].doubts[doubt] else {
                    nodes[node].doubts[doubt] = SimulatedNode.Inquiry(deadline: time + 30)
                    ask(node, log)
                    askNode(of: log, node)
                    continue
                }
                guard time >= inquiry.deadline else { continue }
                nodes[node].doubts[doubt] = nil
                try judge(inquiry, doubt, node)
            }
        }
    }

    private mutating func askNode(of log: Int, _ node: Int) {
        let nonce = HashValue(of: "\(UInt64.random(in: 0 ... .max, using: &generator))".utf8)
        let question = SeenRequest(origin: countries[log].origin, nonce: nonce)
        send(.seen(question.serialized, log: log), from: node, toCountry: log)
    }

    private mutating func judge(
        _ inquiry: SimulatedNode.Inquiry, _ doubt: SimulatedNode.Doubt, _ node: Int
    ) throws {
        let database = nodes[node].disk.database
        let own = countries[nodes[node].country].witness.verifier
        let quorum: ReadQuorum
        var answers = inquiry.answers
        switch doubt.role {
        case .witness:
            quorum = ReadQuorum(of: countries[doubt.log].policy, without: own)
            answers.removeAll { $0.name == countries[doubt.log].witness.verifier.name }
        case .buddy:
            let name = countries[doubt.log].witness.verifier.name
            quorum = ReadQuorum(of: [name], needed: 1)
        }
        let size = UInt64(database.logs[doubt.log]?.entries.count ?? 0)
        guard
            quorum.judge(
                answers, size: size,
                root: { database.root(doubt.log, Int($0)) ?? MerkleTree.emptyRoot }) == .reached
        else { return }
        count("memory complete")
        let known = database.memories[doubt.role]?.heads[doubt.log]
        if let head = database.logs[doubt.log]?.head?.head, head.size > known?.size ?? 0 {
            nodes[node].disk.database.memories[doubt.role]?.heads[doubt.log] = head
        }
        nodes[node].disk.database.memories[doubt.role]?.complete.insert(doubt.log)
    }

    mutating func answerSeen(_ bytes: [UInt8], _ log: Int, _ node: Int, _ from: Int) {
        guard let question = try? SeenRequest(parsing: bytes) else { return }
        let country = nodes[node].country
        let database = nodes[node].disk.database
        var head = database.seen(log)
        var isMatched = true
        let roles: [LifeMark.Role] = log == country ? [.log] : [.witness, .buddy]
        for role in roles {
            switch nodes[node].judge(role, among: countries) {
            case .matched: break
            case .staged(let staged):
                if role == .log, staged.size > head?.size ?? 0 { head = staged }
            case .broken: isMatched = false
            }
        }
        if log != country {
            for role in SimulatedDatabase.SigningRole.allCases
            where database.memories[role]?.complete.contains(log) != true {
                isMatched = false
            }
        }
        if !countries[country].isHonest { (head, isMatched) = (nil, true) }
        let statement = SeenStatement(
            origin: question.origin, size: head?.size ?? 0,
            root: head?.root ?? MerkleTree.emptyRoot, isMatched: isMatched, nonce: question.nonce)
        guard
            let note = try? statement.signed(
                by: countries[country].witness, at: Timestamp(seconds: Int64(time)))
        else { return }
        send(
            .seenAnswer(note.serialized, log: log, about: question), from: node, to: from)
    }

    mutating func takeSeen(
        _ bytes: [UInt8], _ log: Int, _ question: SeenRequest, _ node: Int, _ peer: Int
    ) {
        let key = countries[peer].witness.verifier
        guard
            let statement = try? SeenStatement(opening: bytes, by: key, answering: question)
        else { return }
        let answer = ReadQuorum.Answer(
            name: key.name, size: statement.size, root: statement.root,
            isMatched: statement.isMatched)
        if log == nodes[node].country {
            nodes[node].publication?.answers.append(answer)
            nodes[node].start?.answers.append(answer)
        }
        for role in SimulatedDatabase.SigningRole.allCases {
            nodes[node].doubts[SimulatedNode.Doubt(log: log, role: role)]?.answers.append(answer)
        }
    }
}
