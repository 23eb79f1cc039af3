import Credentials
import Encoding
import Foundation
import Sync

/// F1, F2, F5, F6, F14 and F28: what no longer holds is passed off as valid.
enum StatusAttacks {
    static let all: [AttackCase] =
        revoked + lists + [
            AttackCase("F6-suspended", "a suspended certificate", .refused("suspended")) { stage in
                try stage.verify(
                    stage.certificates.suspended.serialized, as: "f6", by: stage.employer)
            },
            AttackCase(
                "F6-odd", "a state on the list that nobody has defined", .refused("status-unknown"),
                file: { $0.certificates.oddStatus.serialized }),
            AttackCase(
                "F28-beyond", "a place beyond the end of the list", .refused("status-unknown"),
                file: { $0.certificates.beyond.serialized }),
            AttackCase(
                "F28-last", "revoked, at the last place of the list", .refused("revoked"),
                file: { $0.certificates.last.serialized }),
            AttackCase(
                "F28-before", "honest, one place before a revoked one", .holds,
                file: { $0.certificates.beside.serialized }),
            AttackCase(
                "F28-mirrored", "honest, where the revoked one stands if bits are read backwards",
                .holds, file: { $0.certificates.mirrored.serialized }),
        ]

    /// The same revoked certificate on every way in.
    private static let revoked: [AttackCase] = [
        AttackCase("F1-file", "a revoked certificate as a file", .refused("revoked")) { stage in
            try stage.verify(
                stage.service.revokedFile.serialized, as: "f1", by: stage.registrar)
        },
        AttackCase("F1-input", "the same on standard input", .refused("revoked")) { stage in
            try stage.verify(
                "-", by: stage.registrar, input: stage.service.revokedFile.serialized)
        },
        AttackCase("F1-code", "the same as the code on paper", .refused("revoked")) { stage in
            try stage.verify(
                Array(stage.service.revokedCode.utf8), as: "f1-code", by: stage.registrar)
        },
        AttackCase("F1-http", "the same to a node over HTTP", .refused("revoked")) { stage in
            let text = String(decoding: stage.service.revokedFile.serialized, as: UTF8.self)
            let question: JSONValue = ["certificate": .string(text)]
            let answer = try await stage.service.post(
                "/verify", question.serialized, contentType: "application/json")
            let document = try JSONValue(
                parsing: answer.body, limits: JSONLimits(size: 4 << 20, depth: 12)
            ).object
            return try AttackAnswer(
                InstalledProgram.Outcome(
                    code: Int32(document?["exitCode"]?.integer ?? -1), output: answer.body,
                    complaint: ""))
        },
    ]

    private static let lists: [AttackCase] = [
        AttackCase(
            "F2", "the body's list cannot be fetched anywhere", .refused("status-missing")
        ) { stage in
            let copies = try stage.copies("f2", without: { _ in nil })
            return try stage.verify(stage.certificates.honest.serialized, as: "f2", by: copies)
        },
        AttackCase(
            "F5", "the list is signed by a valid body of another country",
            .refused("status-signature"), file: { $0.certificates.swappedList.serialized }),
        AttackCase(
            "F14-html", "a page of HTML is served in the place of the list",
            .refused("status-missing")
        ) { stage in
            let page = Array("<!doctype html><title>404 Not Found</title>".utf8)
            let copies = try stage.copies("f14", without: { _ in page })
            return try stage.verify(stage.certificates.honest.serialized, as: "f14", by: copies)
        },
        AttackCase(
            "F14-offline", "a revoked certificate, with the network off", .refused("revoked")
        ) { stage in
            try stage.verify(
                stage.certificates.revoked.serialized, as: "f14-offline", by: stage.employer,
                through: stage.withoutNetwork)
        },
    ]
}
