/// What a witness answers to `add-checkpoint` (C2SP tlog-witness, `Protocol/log.md § Witness`).
public enum WitnessDecision: Hashable, Sendable {
    /// Cosign this checkpoint, but only after storing it as the latest one, by
    /// compare-and-swap on the one that was given. It bears the log's own lines alone.
    case cosign(Checkpoint)
    case unknownLog
    case badSignature
    case oldSizeTooLarge
    /// The old size is not that of the latest checkpoint, or its size has another root.
    case conflict(size: UInt64)
    case inconsistent

    /// Decides about a request.
    ///
    /// - Parameters:
    ///   - keys: the keys of all known logs; a log's are those whose name is its origin.
    ///   - latest: the newest head of the request's origin that this witness cosigned, or nil
    ///     if it never cosigned one. A witness that lost its memory must not ask.
    public static func decide(
        _ request: WitnessRequest, keys: [NoteKey], latest: TreeHead?
    ) -> WitnessDecision {
        let head = request.head
        let keys = keys.filter {
            $0.algorithm == .ed25519 && $0.name.hasSameBytes(as: head.origin)
        }
        guard !keys.isEmpty else { return .unknownLog }
        guard let key = try? request.note.verifiedKeys(among: keys).first,
            let checkpoint = try? Checkpoint(opening: request.note, signedBy: key)
        else { return .badSignature }
        return
            switch HeadGrowth.judge(
                head, oldSize: request.oldSize, proof: request.proof, latest: latest)
        {
        case .extends: .cosign(checkpoint.withoutCosignatures)
        case .oldSizeTooLarge: .oldSizeTooLarge
        case .conflict(let size): .conflict(size: size)
        case .inconsistent: .inconsistent
        }
    }

    /// The HTTP status of the answer; 409 has the size as body, type `text/x.tlog.size`.
    public var statusCode: Int {
        switch self {
        case .cosign: 200
        case .unknownLog: 404
        case .badSignature: 403
        case .oldSizeTooLarge: 400
        case .conflict: 409
        case .inconsistent: 422
        }
    }

    /// The HTTP status for a body that `WitnessRequest(parsing:)` refuses: 400, or 403 where
    /// only a signature line cannot be read, since such a line verifies under no key.
    public static func statusCode(refusing error: LogError) -> Int {
        switch error {
        case .wrongForm(.signatureLine, _), .keyName: 403
        default: 400
        }
    }
}
