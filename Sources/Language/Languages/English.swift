extension Translation {
    /// The text that all other languages translate, and the one that counts in doubt.
    static let english = Translation(
        parsing: """
            language = en
            name = English
            direction = ltr
            review = reviewed

            # Notices
            notice.draft = Machine draft, not reviewed: in doubt the English text counts.
            notice.missing = Texts that are missing in this language are given in English, marked [en]: {number}.
            notice.sample = SAMPLE NETWORK: proves nothing about real people or bodies.

            # Lists and ages
            list.comma = {first}, {last}
            list.and = {first} and {last}
            list.or = {first} or {last}
            age.seconds = {number} s
            age.minutes = {number} min
            age.hours = {number} h
            count.days.one = {count} day
            count.days.other = {count} days
            count.months.one = {count} month
            count.months.other = {count} months
            count.entries.one = {count} entry
            count.entries.other = {count} entries

            # Words and their meaning
            word.authentic = authentic
            word.granted = granted
            word.provisional = provisional
            word.conditional = conditional
            word.partial = partial
            word.alternative = alternative
            word.assessable = assessable
            word.advisory = advisory
            word.free = free
            word.refused = refused
            word.barred = barred
            word.undetermined = undetermined
            word.conflict = conflict
            word.invalid = invalid
            meaning.authentic = genuine, awarded by a body that was allowed to, and still holding
            meaning.granted = a right, now, without open conditions
            meaning.provisional = a right now, with conditions to be met by a deadline
            meaning.conditional = a right as soon as the open conditions are met
            meaning.partial = a right for a named part; the rest is listed as missing
            meaning.alternative = recognised as something else than asked
            meaning.assessable = no outcome yet, but a right to have it assessed
            meaning.advisory = information on comparability; no right
            meaning.free = nobody has to recognise anything: the activity is not regulated there
            meaning.refused = a competent authority says no for this purpose; the reasons are listed
            meaning.barred = the person may not practise, whatever the qualification is worth
            meaning.undetermined = nothing known here decides it; this is not a refusal
            meaning.conflict = authoritative statements contradict each other; no side is taken
            meaning.invalid = the credential cannot be relied on

            # Purposes
            purpose.level = comparison of levels
            purpose.title = use of a title
            purpose.study-access = admission to studies
            purpose.study-credit = credit towards studies
            purpose.employ = employment
            purpose.practise = practice of a regulated profession
            purpose.practise-temporary = temporary and occasional services
            purpose.visa-skill = skill requirement of a visa
            purpose.task = one job on one site

            # The report
            heading.checks = checks
            heading.sources = sources
            heading.next = next
            label.certificate = certificate
            label.awarded = awarded
            label.current = current
            label.kind = kind
            label.asked = asked
            label.decided-by = decided by
            label.basis = basis
            label.covers = covers
            label.missing = missing
            label.level = level
            label.instead = instead
            label.until = until
            label.conditions = conditions
            label.notes = notes
            label.reason = reason
            label.others = others
            label.rules = rules
            step.form = form
            step.logs = logs
            step.issuer = issuer
            step.credential = credential
            step.holder = holder
            step.status = status
            step.worth = worth
            subject.title-unknown = a qualification not known here
            subject.awarded = {date} by {body}, {country}
            subject.until = until {date}
            subject.until-lapsed = until {date} (lapsed)
            subject.archive = archive confirmation of an award of the past
            subject.holder = {name}, born {year}
            subject.not-shown = not shown
            subject.asked = {destination}, {code} ({purpose}), {time}
            source.witnessed = {origin}, {entries}, seen by its witnesses {time}, {age} old
            source.unwitnessed = {origin}, {entries}, unwitnessed, age unknown
            knowledge.digest = knowledge {digest}
            knowledge.when = as known at {time}; acts logged later may change the answer

            # Checks: form and logs
            check.diagnosis = {diagnosis}
            check.form.passed = the file is a well-formed credential of a known kind
            check.form.claims = name and year of birth must be shown; ask the holder to show both
            check.logs.passed = logs opened under the anchor: {logs}
            check.logs.witnessed = logs opened under the anchor, seen by their witnesses: {logs}
            check.logs.age = {country} {age} old
            check.logs.age-stale = {country} {age} old (stale)
            check.logs.unwitnessed = {country} unwitnessed
            check.logs.and-unwitnessed = {age}, unwitnessed
            check.logs.clock = this machine's clock shows {now}, earlier than what witnesses have signed ({newest}); set the clock
            check.logs.extract-incomplete = the dossier's extract does not speak about everything that this question needs; ask for a dossier made for it
            check.logs.extract-missing = the dossier has no extract that says what still stands; ask for a new dossier
            check.logs.extract-signature = the dossier's extract is not signed by enough holders that the anchor named
            check.logs.extract-mismatch = the acts in the dossier are not those of its signed extract: something was left out or changed; ask for a new dossier
            check.logs.no-anchor-log = no copy of the anchor's log {origin} is here; sync, or import a pack
            check.logs.no-home-log = no copy of a log of {country} is here that the anchor names; sync, or ask for a pack
            check.logs.split-view = the log {origin} has shown two histories ({id}); nothing new in it is believed
            check.logs.unknown-entry = the log {origin} holds an act about this that this version of Concord does not know; update Concord
            check.logs.ageless = no witness says how old this copy of the log of {country} is; verify where the logs are at hand
            check.logs.stale = what is known of {country} is {age} old, more than the {limit} allowed for this question; sync

            # Checks: issuer
            check.issuer.no-data = nothing is known here about awarding bodies in {country}
            check.issuer.unknown = no accreditation of the body {body} is in the log of {country}; that is not proof of a forgery
            check.issuer.not-accredited = {body} was not accredited by {accreditor} for {qualification} on {date}
            check.issuer.withdrawn = {accreditor} withdrew the accreditation of {body} from {end} on (entry {entry}); the award is dated {date}
            check.issuer.void = these awards of {body} were declared void, see the log
            check.issuer.void-site = these awards of {body} were declared void for some sites, and its site is not known, see the log
            check.issuer.suspended = these awards of {body} were suspended, see the log
            check.issuer.qualification = the version of {qualification} is not in the log of {country}
            check.issuer.no-batch = the certificate names no batch in the log: it may be back-dated; ask {body} for the file with its batch
            check.issuer.batch-newer = entry {entry} of {origin} is newer than the copy here; sync
            check.issuer.batch-not-counted = entry {entry} of {origin} is not a batch that counts
            check.issuer.batch-of-another = entry {entry} is a batch of another body than {body}
            check.issuer.accredited-later = {body} was accredited by {accreditor} only after the batch was logged
            check.issuer.batch-withdrawn = the batch at entry {entry} was withdrawn
            check.issuer.ended = the batch was logged at entry {entry}, after the accreditation of {body} had ended, and {accreditor} did not countersign it
            check.issuer.batch-effect = the batch at entry {entry} has no effect: the body was not allowed to make it
            check.issuer.batch-dates = the award is dated {date}, outside the days that its batch states
            check.issuer.after-logging = the award is dated {date}, after its batch was logged on {logged}
            check.issuer.late = logged {days} after the award, more than the {allowed} allowed, and not an archive confirmation that the body may make
            check.issuer.passed = {body}, accredited by {accreditor} since {since}, was allowed to award it on {date}; logged {logged}
            check.issuer.archive = {body}, accredited by {accreditor} since {since}, confirmed this award of {date} from its archive on {logged}

            # Checks: credential and holder
            check.credential.no-key = no key of the body is known here, so its signature cannot be checked
            check.credential.signature = no key that was granted to {body} for this award signed it: it was changed, or somebody else made it
            check.credential.compromised = the key that signed it was compromised, and the log did not hold it before that
            check.credential.no-batch = signed by the body; its place in the log is not shown
            check.credential.path = its path does not lead to the batch at entry {entry}: it is not one of the certificates that were logged
            check.credential.passed = unchanged since the body signed it; in the batch at entry {entry}
            check.holder.unbound = the certificate is not bound to a key; compare name and year of birth with an identity document
            check.holder.passed = the presenter controls the holder's key; compare name and year of birth with an identity document
            check.holder.no-key = a holder's signature is attached, but the certificate names no holder's key
            check.holder.key-type = the holder's key is of an unknown type
            check.holder.not-shown = the certificate is bound to a key and the presenter has not shown control of it here: {why}; make a request and ask the holder to answer it
            check.holder.no-answer = no answer to a request
            check.holder.expired = the request had expired
            check.holder.other-request = the answer is for another request or too late
            check.holder.spent = this answer was already used once
            check.holder.other-verifier = the answer was made for another verifier
            check.holder.not-asked = this verifier asked for no answer

            # Checks: status and worth
            check.status.not-newest = the status list handed over is not the newest that the extract names
            check.status.no-list = no status list is known here
            check.status.other-list = the certificate names another status list than its batch
            check.status.unpublished = the log names no status list {list} of this body
            check.status.missing = status list {number} is named by the log but is not here; sync
            check.status.signature = status list {number} is not signed by the body that owes it
            check.status.expired = status list {number} says that it has expired; sync
            check.status.beyond = the certificate's place is beyond the end of its status list
            check.status.valid = not revoked and not suspended (list {number}, entry {entry})
            check.status.revoked = the awarding body has revoked this certificate (list {number}, entry {entry})
            check.status.suspended = the awarding body has suspended it (list {number}, entry {entry})
            check.status.replaced = it was replaced by a newer certificate (list {number}, entry {entry}); ask for that one
            check.status.unknown = its status is one that nobody knows (list {number}, entry {entry})
            check.worth = in {destination} for {code}: {word}, {meaning}

            # Reasons of a check
            reason.malformed = the file is not a credential of a kind that this version knows
            reason.clock = the clock of this machine cannot be right
            reason.no-registry-data = a log that is needed is not at hand
            reason.stale = what is known here is older than allowed
            reason.split-view = a log has shown two histories
            reason.unknown-entry = a log holds an act about this that this version does not understand
            reason.extract-missing = the dossier does not show what still stands
            reason.extract-mismatch = the dossier does not agree with its signed extract
            reason.extract-signature = the dossier's extract is signed by too few of those whom the anchor named
            reason.extract-incomplete = the dossier's extract does not cover the question
            reason.awarding-body-unknown = no accreditation of the awarding body is known here; that is not proof of a forgery
            reason.qualification-unknown = this version of the qualification is not known here
            reason.awarded-outside-mandate = the body was not allowed to award it on that day
            reason.accreditation-withdrawn = the accreditation of the body had ended
            reason.batch-without-effect = the body was not allowed to log the batch
            reason.not-in-batch = its place in the log is not shown
            reason.batch-of-another-body = its batch belongs to another body
            reason.batch-not-held = its batch is not known here
            reason.award-date-outside-batch = the day of award does not fit its batch
            reason.awarded-after-logging = the day of award is later than its entry in the log
            reason.logged-late = it was logged too long after the award
            reason.key-compromised = the key that signed it was no longer safe
            reason.voided = awards of this body were declared void
            reason.signature = the signature does not hold
            reason.disclosures = what is shown does not belong to the signed part
            reason.unsupported-algorithm = it is signed in a way that is not accepted
            reason.batch-path = it is not among the certificates that were logged
            reason.not-yet-valid = it is not valid yet
            reason.technically-expired = its technical validity has ended
            reason.holder-not-shown = control of the holder's key was not shown here
            reason.holder-claims-missing = name or year of birth is not shown
            reason.key-binding = the holder's signature does not hold
            reason.revoked = it has been revoked
            reason.replaced = it has been replaced by a newer certificate
            reason.suspended = it is suspended
            reason.status-unknown = its status cannot be read
            reason.status-missing = its status list is not at hand
            reason.status-signature = its status list is not signed by the body that owes it
            reason.status-not-current = its status list is not the newest
            reason.not-decided = nothing known here decides what it is worth, or statements contradict each other

            # Reasons of a verdict on worth
            reason.signature-unverified = the signature could not be checked here
            reason.annulled = it was annulled from the start
            reason.identity = it is not shown that the names belong to one person
            reason.no-ground = no act known here decides it; this is not a refusal
            reason.no-award = no award was shown that could decide it
            reason.criteria = criteria that are stated as exhaustive are not met
            reason.need = not shown yet: {facts}
            reason.unlevelled = the qualification has no level in that framework, on purpose
            reason.no-endorsed-path = no endorsed comparison leads to that framework
            reason.equivocation = {author} has signed two different acts under the number {number}
            reason.contradiction = statements of one authority contradict each other
            reason.two-decisions = two final decisions contradict each other
            reason.stale-log = what is known of {country} is too old for this question
            reason.act = the act {id} decides it
            reason.no-anchor-for-destination = the anchor cannot speak for that country

            # Grounds
            ground.decision = individual decision
            ground.instrument = agreement or law
            ground.equivalence = equivalence statement
            ground.regulation = regulation of the activity
            ground.referencing = comparison of frameworks
            ground.award = award
            ground.alert = alert
            period.since = since {date}
            period.until = until {date}
            authority.competent = the competent authority
            unit.titled = {code} {title}
            place.entry = entry {entry} of {origin}
            worth.level = level {level}: advice, no entitlement
            worth.levels = within the levels {levels}: advice, no entitlement
            worth.instead = recognised as {title}
            worth.until = all that it rests on is in force until {date}, as far as is known
            other.objected = {id} did not decide: {objection}
            objection.not-met = not met: {facts}
            objection.not-in-force = not in force on that day
            objection.other-purpose = made for another purpose
            objection.superseded = replaced by a later statement
            objection.outranked = another ground is better for the holder, or decides before it

            # Conditions
            condition.before = {id}: {requirement}, before the right begins
            condition.before-by = {id}: {requirement}, before the right begins, by {date}
            condition.after = {id}: {requirement}, while the right already exists
            condition.after-by = {id}: {requirement}, by {date}; the right exists until then
            condition.authority-says = as the authority named it; only the authority can say that it is met
            condition.lapsed = the award has lapsed and must be renewed ({award})
            condition.successor = the state that made the award is gone: a successor state must attest that it has the same force ({award})
            condition.good-standing = registration or good standing at home must be shown, no older than 24 h
            requirement.qualified = {requirement} ({qualifiers})
            requirement.award-qual = award of {names}
            requirement.award-jur = award from {places}
            requirement.award-type = award of the type {names}
            requirement.not-type = no award of the type {names}
            requirement.award-date = day of award within a stated time
            requirement.study-start = start of study within a stated time
            requirement.accredited = programme accredited by {authority}
            requirement.mode-not = award not earned by {names}
            requirement.nationality = nationality of {places}
            requirement.status = personal status {name}: {value}
            requirement.min-months = training of at least {months}
            requirement.registration = registration in {places}
            requirement.experience = {months} of experience
            requirement.test = test {name}
            requirement.language = language skills: {language}
            requirement.attestation = attestation {name}
            requirement.good-standing = certificate of good standing
            requirement.adaptation = adaptation measure {name}
            requirement.confirmation = confirmation {name}
            requirement.prior-decision = recognition decision from {places}
            requirement.not-named = not named
            qualifier.from = from {date}
            qualifier.until = until {date}
            qualifier.occupation = occupation {name}
            qualifier.places = in {places}
            qualifier.for-a-time = for a time also {places}
            qualifier.within = within the last {months}
            qualifier.valid = valid {months}
            qualifier.lawful = lawfully
            qualifier.unrestricted = without restrictions
            qualifier.exclusive = counted for this alone
            qualifier.tier = tier {name}
            qualifier.level = level {name}
            qualifier.result = result: {name}
            qualifier.via = by way of {name}
            qualifier.other = {name}: {value}

            # Facts, by the predicate that asks for them
            fact.award-qual = qualification
            fact.award-jur = country of award
            fact.award-type = type of the award
            fact.award-date = day of award
            fact.study-start = start of study
            fact.accredited = accreditation of the programme
            fact.mode-not = way in which it was earned
            fact.nationality = nationality
            fact.status = personal status
            fact.min-months = length of the training
            fact.registration = registration
            fact.experience = experience
            fact.test = test
            fact.language = language skills
            fact.attestation = attestation
            fact.good-standing = good standing
            fact.adaptation = adaptation measure
            fact.confirmation = confirmation
            fact.prior-decision = earlier recognition decision
            fact.units = units

            # Languages
            language.ar = Arabic
            language.de = German
            language.en = English
            language.es = Spanish
            language.fr = French
            language.hi = Hindi
            language.id = Indonesian
            language.ja = Japanese

            # Notes
            note.ignored = the award {award} could not be used: {reason}
            note.appeal-pending = an appeal is pending
            note.defective-refusal = the refusal states no differences; it binds until it is annulled, and can be appealed
            note.premise-void = evidence of the decision was declared void; the decision stands until its authority acts
            note.restriction = restriction: {text}
            note.newer-ground = a newer ground would be better for the holder: {id}; apply again
            note.better-ground = a better ground was in force when it was decided: {id}; an appeal may be possible
            note.employer-judges = the employer judges; the comparison of levels is advice
            note.not-searched = individual refusals, alerts and later decisions were not searched; ask {authority}
            note.lapsed = its validity has ended: it still proves learning, not current competence
            note.regulated-in-sector = the activity is regulated in the sector {sector}, which was not asked about

            # Next steps
            next.sync = sync ({command}), or ask for a pack, and verify again
            next.clock = set this machine's clock and verify again
            next.request = make a request ({request}) and ask the holder to answer it ({present})
            next.show-name = ask the holder to show name and year of birth
            next.home-authority = ask the authority of the country of award; nothing here says that it is forged
            next.suspension = ask the awarding body when the suspension ends
            next.newer = ask the holder for the newer certificate
            next.new-dossier = ask the holder for a new dossier, or verify where the logs are at hand
            next.split-view = do not rely on this log; the operators of the network have been told
            next.update = update Concord and verify again
            next.unreliable = do not rely on this certificate; tell the awarding body
            next.compare-document = compare name and year of birth with an identity document
            next.missing-parts = ask {authority} how the missing parts can be done, and apply there
            next.ask-undecided = no decision is known here; ask {authority}
            next.ask-contact = no decision is known here; ask the destination's contact point
            next.read-conditions = read the conditions above
            next.ask = ask {authority}
            next.assessment = apply to {authority} to have it assessed
            next.apply-again = a newer ground would be better: apply again to {authority}
            next.appeal = appeal to {authority} within the time that the decision states
            next.appeal-days = appeal to {authority} within {days}
            next.follow-up = the evidence for the open condition is there: ask {authority} for the follow-up decision
            next.meet = meet the open condition {condition}
            next.renew = renew the award {award}
            next.show-facts = show what is not known yet: {facts}
            next.link-names = show that the different names belong to one person
            next.sync-country = what is known of {country} is too old: sync ({command}) and ask again
            next.ask-both = the statements contradict each other: ask {authority}
            """)
}
