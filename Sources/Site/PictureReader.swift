internal import Dispatch
internal import Registrar

/// Reads the codes in strangers' pictures: a few at a time, since each is a process of its own
/// that may use a second of a core, and with little time for each.
actor PictureReader {
    private static let atOnce = 2
    private static let waitingLimit = 16
    /// Of processor time.
    private static let seconds = 8

    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// The text of the certificate's code; nothing of the picture is kept.
    func code(in picture: CertificatePicture) async throws(SiteProblem) -> String {
        try await enter()
        defer { leave() }
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<String, RegistrarError>, Never>) in
            // Off the threads of the server: it waits for the process.
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(RegistrarError) in
                        try picture.codes(seconds: PictureReader.seconds).certificate
                    })
            }
        }
        switch result {
        case .success(let text): return text
        case .failure(.paper(let fault)): throw .picture(fault)
        case .failure: throw .failed
        }
    }

    private func enter() async throws(SiteProblem) {
        if running < PictureReader.atOnce {
            running += 1
            return
        }
        guard waiting.count < PictureReader.waitingLimit else { throw .busy }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Whoever waits longest goes on in the place of who leaves.
    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}
