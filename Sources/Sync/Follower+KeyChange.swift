internal import Storage
internal import TransparencyLog

extension Follower {
    /// Follows to a checkpoint by a key that is not known here, if what lies between names it.
    ///
    /// - Throws: `wrongKey` unless it does, and whatever the store throws.
    func catchUp(
        with shown: Shown, of origin: String, from peers: [PeerClient],
        _ report: inout FollowReport
    ) async throws(SyncError) -> FollowOutcome {
        let size = (try? TreeHead(parsing: shown.note.text).size) ?? 0
        do throws(SyncError) {
            // What was kept under a key that is known leads a part of the way, or all of it.
            let outcome = try await stepUp(with: shown, of: origin, from: peers, &report)
            if let checkpoint = try? rules.open(
                shown.note, of: origin, from: shown.client.address)
            {
                let offer = Offer(record: rules.record(checkpoint), client: shown.client)
                return try await take(offer, from: peers, &report).combined(with: outcome)
            }
            return try await followUnheard(shown, of: origin).combined(with: outcome)
        } catch {
            if case .storage = error { throw error }
            if case .overQuota = error { throw error }
            throw .wrongKey(shown.client.address, origin: origin, size: size)
        }
    }

    /// Follows to the newest kept checkpoint of the peer that opens.
    private func stepUp(
        with shown: Shown, of origin: String, from peers: [PeerClient],
        _ report: inout FollowReport
    ) async throws(SyncError) -> FollowOutcome {
        guard let state = try state(of: origin), state.log.standing == .sound else {
            return .failed
        }
        let kept = try await shown.client.checkpoints(origin, above: state.log.size)
        guard let newest = try rules.open(kept, of: origin, from: shown.client.address).last,
            newest.head.size > state.log.size
        else { return .failed }
        let offer = Offer(record: rules.record(newest), client: shown.client)
        return try await take(offer, from: peers, &report)
    }

    /// Fetches what lies between into memory, and stores it once the checkpoint opens.
    private func followUnheard(
        _ shown: Shown, of origin: String
    ) async throws(SyncError) -> FollowOutcome {
        let refusal = SyncError.wrongKey(shown.client.address, origin: origin, size: 0)
        guard let state = try state(of: origin), state.log.standing == .sound,
            let head = try? TreeHead(parsing: shown.note.text), head.size > state.log.size,
            head.size - state.log.size <= UnheardKey.entryLimit
        else { throw refusal }
        let quota = try LogQuota(limits, of: origin, in: database)
        try quota.check(size: head.size)
        var growth = LogExtension(extending: state.edge)
        let stream = BundleStream(
            client: shown.client, origin: origin, rules: rules, start: state.log.size,
            knownBytes: try knownBytes(of: origin, size: state.log.size), end: head.size)
        try await stream.forEach { entries throws(SyncError) in
            growth.append(contentsOf: entries)
            guard growth.byteCount <= UnheardKey.byteLimit else { throw refusal }
            try quota.check(newBytes: growth.byteCount)
        }
        // Trust: nothing of it is stored before a key that the root named opens the note.
        guard
            let checkpoint = UnheardKey(rules: rules)
                .checkpoint(shown.note, over: growth, of: origin)
        else { throw refusal }
        try await store(
            growth, to: origin, record: rules.record(checkpoint), replacing: state.head?.note)
        return .advanced(from: growth.oldSize, to: growth.newSize)
    }
}
