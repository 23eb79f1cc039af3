import Credentials
import Verification

/// C: honest certificates, which must verify: a verifier that refuses everything is none.
enum ControlAttacks {
    static let all: [AttackCase] = [
        AttackCase(
            "C1", "an honest certificate", .holds, file: { $0.certificates.honest.serialized }),
        AttackCase(
            "C2", "an honest certificate, bound to a key, in answer to the request", .holds
        ) { stage in
            try stage.request("c2")
            try stage.present(stage.certificates.bound, to: "c2", as: "c2-shown")
            return try stage.verify(stage.path("c2-shown.json"), by: stage.employer)
        },
        AttackCase("C3", "an honest dossier, with nothing but the anchor", .holds) { stage in
            let dossier = try await stage.dossier(stage.certificates.honest)
            return try stage.verify(dossier.serialized, as: "c3", by: stage.nobody)
        },
        AttackCase("C4", "an honest certificate on paper", .holds) { stage in
            try stage.verify(stage.paper(stage.certificates.paper), as: "c4", by: stage.employer)
        },
    ]
}
