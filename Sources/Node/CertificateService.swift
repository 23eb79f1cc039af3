internal import Foundation
internal import Logging
internal import NIOSSL
internal import ServiceLifecycle
internal import UnixSignals

/// Takes a new certificate when its files have changed, or when it is told to look (SIGHUP).
///
/// Files that are not a certificate and its key change nothing: the node goes on with what it has,
/// and its log says why.
struct CertificateService: Service {
    /// Seconds between two looks at the files.
    static let pause = 5

    /// nil: the node speaks no TLS, and SIGHUP changes nothing.
    let files: (certificate: String, key: String)?
    let folder: String?
    let handlesSignals: Bool
    let renew: @Sendable (TLSConfiguration) throws -> Void
    let logger: Logger

    /// What tells one state of a file from another.
    private struct Mark: Hashable {
        let values: [Int]

        init(_ path: String) {
            var state = stat()
            guard stat(path, &state) == 0 else {
                values = []
                return
            }
            values = [
                Int(state.st_ino), Int(state.st_size), state.st_mtim.tv_sec,
                state.st_mtim.tv_nsec,
            ]
        }
    }

    private var marks: [Mark] {
        [files?.certificate, files?.key].compactMap { $0 }
            .map { Mark(TransportSecurity.path($0, in: folder)) }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                if handlesSignals { group.addTask { await listen() } }
                group.addTask { await watch() }
            }
        }
    }

    private func listen() async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) { take() }
    }

    private func watch() async {
        guard files != nil else {
            try? await gracefulShutdown()
            return
        }
        var (taken, seen) = (marks, marks)
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(CertificateService.pause))
            let now = marks
            // Order: two files are written one after the other; both have to have come to rest.
            if now == seen, now != taken {
                take()
                taken = now
            }
            seen = now
        }
    }

    private func take() {
        guard let files else { return }
        do {
            try renew(TransportSecurity.configuration(files, inFolder: folder))
            logger.info("certificate renewed")
        } catch {
            logger.error("certificate not renewed", metadata: ["reason": "\(error)"])
        }
    }
}
