package main

// mutation is a guard, the source without it, and the test that must notice.
type mutation struct {
	name    string // what is missing
	file    string
	guard   string // must stand in file exactly once
	without string
	pkg     string // of the test
	test    string // an anchored regular expression is made of it
	args    string // to the test binary
}

var mutations = []mutation{
	// The client.
	{
		name: "seq allotted inside the transaction", file: "wasm/idb/ops.go",
		guard: `	var ops []annotation.Op
	err := s.write(ctx, "saving an annotation", strict, func(t *tx) {
		t.head(func(h head) {
			ops = h.Number(drafts)
			for _, o := range ops {
				h.N++
				t.put("ops", newRecord(o, h.N))
			}
			t.putHead(h)
		})
	}, "meta", "ops")
`,
		without: `	var ops []annotation.Op
	var h head
	err := s.read(ctx, "reading the head", func(t *tx) { t.head(func(now head) { h = now }) }, "meta")
	if err == nil {
		err = s.write(ctx, "saving an annotation", strict, func(t *tx) {
			ops = h.Number(drafts)
			for _, o := range ops {
				h.N++
				t.put("ops", newRecord(o, h.N))
			}
			t.putHead(h)
		}, "meta", "ops")
	}
`,
		pkg: "wasm/idb", test: "TestStoreInChromium",
	},
	{
		name: "strict durability", file: "wasm/idb/tx.go",
		guard: `	strict  = "strict"`, without: `	strict  = "relaxed"`,
		pkg: "wasm/idb", test: "TestStoreInChromium",
	},
	{
		name: "one database per user, kept at a sign-out", file: "wasm/idb/idb.go",
		guard: `func name(user string) string { return "hashiya-" + user }`, without: `func name(user string) string { return "hashiya" }`,
		pkg: "wasm/idb", test: "TestStoreInChromium",
	},
	{
		name: "a new device id after a quarantine", file: "app/sync/push.go",
		guard: `		case wire.Quarantined:
			p.suspect = true
`, without: `		case wire.Quarantined:
`,
		pkg: "app/sync", test: "TestARestoredProfileSendsItsNewWorkUnderAnotherDevice",
	},
	{
		name: "one op at a time until the device is proven", file: "app/sync/push.go",
		guard: `|| i > 0 && waiting[i].Device != p.proven {`, without: `{`,
		pkg: "app/sync", test: "TestARestoredProfileSendsItsNewWorkUnderAnotherDevice",
	},
	{
		name: "a new device id, in the simulation", file: "app/sync/push.go",
		guard: `		case wire.Quarantined:
			p.suspect = true
`, without: `		case wire.Quarantined:
`,
		pkg: "server/simulation", test: "TestNothingIsLostWhateverGoesWrong", args: "-seeds 6",
	},
	{
		name: "copies of articles give way to work", file: "app/sync/room.go",
		guard: `	return write()
}`, without: `	return err
}`,
		pkg: "app/sync", test: "TestOnAFullDeviceCopiesOfArticlesGiveWayToWork",
	},
	{
		name: "what is worked on keeps its copy", file: "app/sync/room.go",
		guard: `return keep[[2]string{project, article}] })`, without: `return false })`,
		pkg: "app/sync", test: "TestOnAFullDeviceCopiesOfArticlesGiveWayToWork",
	},
	{
		name: "the open article lets go of what was refused", file: "app/desk/desk.go",
		guard: `		d.fold = now
`, without: `		_ = now
`,
		pkg: "app/desk", test: "TestWhatTheServerRefusedLeavesTheOpenArticle",
	},
	{
		name: "a change follows the device's new id", file: "app/desk/desk.go",
		guard: `	case device != d.device:`, without: `	case device == "":`,
		pkg: "app/desk", test: "TestAnOpenArticleGoesOnUnderTheDevicesNewId",
	},
	{
		name: "no update over unsent work", file: "app/ui/client/update.go",
		guard: `	case s.Waiting > 0:`, without: `	case false:`,
		pkg: "app/ui/client", test: "TestANewVersionStartsOverNothingUnsentUnsavedOrHalfWritten",
	},
	{
		name: "lists are doubted at a start", file: "app/sync/outbox.go",
		guard: `	o.doubt(ctx)
`, without: ``,
		pkg: "app/sync", test: "TestAListWhoseNewsCameBeforeTheBrowserEndedIsFetchedAtTheNextStart",
	},
	{
		name: "batches of events bounded by bytes", file: "server/view/events.go",
		guard: ` || size >= maxBatch {`, without: ` || size < 0 {`,
		pkg: "server/api", test: "TestABacklogOfLongNotesComesInBatchesOfBoundedSize",
	},
	{
		name: "delivered work is not refused for what is not here yet", file: "server/api/unsent.go",
		guard: `		} else if why != "" {`, without: `		} else if false {`,
		pkg: "server/api", test: "TestUnsentWorkAboutWhatIsNotHereCanBeImportedLater",
	},
	{
		name: "answers must be those to the batch", file: "app/sync/push.go",
		guard: `		if r.ID != batch[i].ID() {`, without: `		if false {`,
		pkg: "app/sync", test: "TestAnswersThatDontFitAreNotTaken",
	},
	{
		name: "an unanswered op waits on", file: "app/sync/memstore/memstore.go",
		guard: `if e := d.find(r.ID); e != nil && e.answer.Outcome == "" {`, without: `if e := d.find(r.ID); e != nil {`,
		pkg: "app/sync/memstore", test: "TestMemoryStore",
	},
	{
		name: "a new device id keeps what was replaced", file: "app/sync/head.go",
		guard: ` && ops[k].Subject == o.Subject {`, without: ` {`,
		pkg: "app/sync", test: "TestRenumberingFollowsOnlyWhatWasReplacedHere",
	},
	{
		name: "a device that can't keep what it gets asks with pauses", file: "app/sync/follow.go",
		guard: `		if lived = err == nil; !lived {`, without: `		if lived = true; err != nil {`,
		pkg: "app/sync", test: "TestWhatADeviceHasNoRoomForIsNotAskedForAgainAndAgain",
	},

	// The fold.
	{
		name: "prev", file: "app/annotation/fold.go",
		guard: `				replaced[id] = true`, without: `				replaced[id] = false`,
		pkg: "app/annotation", test: "TestAReplacedOpIsNoConflict",
	},
	{
		name: "prev only of what the device had seen", file: "app/annotation/fold.go",
		guard: `p != nil && p.Lamport < o.Lamport {`, without: `p != nil {`,
		pkg: "app/annotation", test: "TestOpsThatClaimToReplaceEachOtherKeepAHead",
	},
	{
		name: "prev follows a new device id, in the simulation", file: "app/sync/head.go",
		guard: `				o.Prev[j] = annotation.OpID{Device: next.Device, Seq: uint64(k) + 1}
`, without: `				_, _ = j, k
`,
		pkg: "server/simulation", test: "TestNothingIsLostWhateverGoesWrong", args: "-seeds 12",
	},
	{
		name: "a concurrent edit beats a delete", file: "app/annotation/fold.go",
		guard: `		if a.IsDelete() != b.IsDelete() {`, without: `		if false {`,
		pkg: "app/annotation", test: "TestAConcurrentEditBeatsADelete",
	},
	{
		name: "both sides of a conflict are kept", file: "app/annotation/fold.go",
		guard: `	for _, o := range heads[1:] {`, without: `	for _, o := range heads[:0] {`,
		pkg: "app/annotation", test: "TestTwoDevicesThatReplaceOneHeadConflictAndNothingIsLost",
	},
	{
		name: "no article is done with an open conflict", file: "app/annotation/layer.go",
		guard: `	if l.Status == Done && len(l.Conflicts) > 0 {`, without: `	if false {`,
		pkg: "app/annotation", test: "TestTwoDevicesThatReplaceOneHeadConflictAndNothingIsLost",
	},
	{
		name: "no list counts an article with an open conflict as done", file: "server/view/layers.go",
		guard: `(t.Conflicts > 0 || len(t.Unjudged) > 0) {`, without: `len(t.Unjudged) > 0 {`,
		pkg: "server/view", test: "TestAConflictKeepsAnArticleFromBeingDone",
	},

	// The server: what it takes.
	{
		name: "dedup", file: "server/view/devices.go",
		guard: `	if o.Seq <= d.Last {
		var first answer
		if _, err := get(a.r, sAnswer.key(o.Device, o.Seq), &first); err != nil || first.Hash == hash {
			return err
		}
		return a.verdict(Foreign, foreignOp)
	}
	if o.Seq != d.Last+1 {`, without: `	if o.Seq > d.Last+1 {`,
		pkg: "server/view", test: "TestTheSameOpAgainGetsItsFirstAnswerAndChangesNothing",
	},
	{
		name: "dedup, in the simulation", file: "server/view/devices.go",
		guard: `	if o.Seq <= d.Last {
		var first answer
		if _, err := get(a.r, sAnswer.key(o.Device, o.Seq), &first); err != nil || first.Hash == hash {
			return err
		}
		return a.verdict(Foreign, foreignOp)
	}
	if o.Seq != d.Last+1 {`, without: `	if o.Seq > d.Last+1 {`,
		pkg: "server/simulation", test: "TestNothingIsLostWhateverGoesWrong", args: "-seeds 4",
	},
	{
		name: "quarantine of another op under a used id", file: "server/view/devices.go",
		guard: `	case first.Hash != o.ContentHash():`, without: `	case false:`,
		pkg: "server/view", test: "TestAnotherOpUnderAUsedIDIsQuarantinedAndTheFirstStands",
	},
	{
		name: "quarantine, in the simulation", file: "server/view/devices.go",
		guard: `	case first.Hash != o.ContentHash():`, without: `	case false:`,
		pkg: "server/simulation", test: "TestNothingIsLostWhateverGoesWrong", args: "-seeds 6",
	},
	{
		name: "seq without gaps per device", file: "server/view/devices.go",
		guard: `	if o.Seq != d.Last+1 {`, without: `	if false {`,
		pkg: "server/view", test: "TestAnOpBehindAGapIsNotAnsweredAndMayComeLater",
	},
	{
		name: "a device belongs to its first author", file: "server/view/devices.go",
		guard: `	if known && d.Owner != author {`, without: `	if known && false {`,
		pkg: "server/view", test: "TestADeviceBelongsToWhoPushedWithItFirst",
	},
	{
		name: "the author comes from the login", file: "server/api/push.go",
		guard: `	if body.User != "" && body.User != u.Name {
		return problem(`, without: `	if body.User != "" {
		u.Name = body.User
	}
	if false {
		return problem(`,
		pkg: "server/api", test: "TestASessionOfSomebodyElseTakesNoOps",
	},
	{
		name: "a push names whose ops it carries", file: "server/api/push.go",
		guard: `	if body.User != "" && body.User != u.Name {`, without: `	if false {`,
		pkg: "server/api", test: "TestASessionOfSomebodyElseTakesNoOps",
	},
	{
		name: "a live connection names whose work it awaits", file: "server/api/events.go",
		guard: `of != "" && of != u.Name {`, without: `of != "" && false {`,
		pkg: "server/api", test: "TestALiveConnectionOfSomebodyElsesSessionIsRefused",
	},
	{
		name: "a live connection names its user, in the simulation", file: "server/api/events.go",
		guard: `of != "" && of != u.Name {`, without: `of != "" && false {`,
		pkg: "server/simulation", test: "TestNothingIsLostWhateverGoesWrong", args: "-seeds 6",
	},
	{
		name: "only who may label labels", file: "server/view/faults.go",
		guard: `	if !access.Can(u, access.Label, access.Object{Project: o.Project, Author: author}) {`, without: `	if u.Name == "\x00" && !access.Can(u, access.Label, access.Object{}) {`,
		pkg: "server/view", test: "TestWhoHasNoAccountLabelsNothing",
	},
	{
		name: "no gap between log and view", file: "server/view/apply.go",
		guard: `		if e.Pos != last+1 {`, without: `		if false {`,
		pkg: "server/view", test: "TestAGapBetweenTheViewAndTheLogIsAnError",
	},
	{
		name: "what the view holds is not applied again", file: "server/view/apply.go",
		guard: `		if e.Pos <= last {
			continue
		}
		if e.Pos != last+1 {`, without: `		if e.Pos > last+1 {`,
		pkg: "server/view", test: "TestApplyingEntriesAgainChangesNothing",
	},

	// The server: what it keeps.
	{
		name: "SyncWrites (a power cut)", file: "server/log/badgerlog/options.go",
		guard: `		WithSyncWrites(true).`, without: `		WithSyncWrites(false).`,
		pkg: "server/log/badgerlog", test: "TestAPowerCutLosesNothingThatWasAcknowledged",
	},
	{
		name: "log and view in one transaction, in the simulation", file: "server/log/badgerlog/commit.go",
		guard: `	if err := l.apply(txn, entries); err != nil {
		return err
	}
	if err := l.commit(txn); err != nil {
		return badgerkv.SizeError(err)
	}
`, without: `	if err := l.commit(txn); err != nil {
		return badgerkv.SizeError(err)
	}
	viewTxn := l.db.NewTransaction(true)
	defer viewTxn.Discard()
	if err := l.apply(viewTxn, entries); err != nil {
		return err
	}
	if err := l.commit(viewTxn); err != nil {
		return badgerkv.SizeError(err)
	}
`,
		pkg: "server/simulation", test: "TestNothingIsLostWhateverGoesWrong", args: "-seeds 1 -seed 20",
	},
	{
		name: "nothing that did not commit is acknowledged", file: "server/log/badgerlog/commit.go",
		guard: `	if err := l.commit(txn); err != nil {
		return badgerkv.SizeError(err)
	}
	// Badger`, without: `	_ = l.commit(txn)
	// Badger`,
		pkg: "server/log/badgerlog", test: "TestAFailedCommitStopsTheLogForGoodAndReadingGoesOn",
	},
	{
		name: "the CRC of a record", file: "server/log/badgerlog/record.go",
		guard: `	if binary.BigEndian.Uint32(b[crcAt:]) != crc32.Checksum(b[posAt:], castagnoli) {`, without: `	if len(b[posAt:]) == 0 && crc32.Checksum(b[posAt:], castagnoli) == 0 {`,
		pkg: "server/log/badgerlog", test: "TestARecordComesBackAsItWasAndAnyFlippedBitIsFound",
	},
	{
		name: "contiguous positions", file: "server/log/badgerlog/keys.go",
		guard: `; pos != after {`, without: `; pos < after {`,
		pkg: "server/log/badgerlog", test: "TestAHoleInTheLogIsNamed",
	},
	{
		name: "the chain of digests", file: "server/log/badgerlog/verify.go",
		guard: `		if at.pos == seen.pos && at.digest != seen.digest {`, without: `		if false {`,
		pkg: "server/log/badgerlog", test: "TestRecordsThatWereChangedMovedOrTakenOutAreFound",
	},
	{
		name: "the witness of the log's end", file: "server/log/badgerlog/verify.go",
		guard: `	if err == nil && at.pos < seen.pos {`, without: `	if false {`,
		pkg: "server/log/badgerlog", test: "Test(AFlippedByteOfTheWriteAheadLogIsFound|ACutManifestIsFound|MissingFilesAreFound)",
	},
	{
		name: "after a failed commit nothing more is taken", file: "server/log/badgerlog/commit.go",
		guard: `			err = l.fail(fmt.Errorf("writing %d records`, without: `			err = errors.Join(fmt.Errorf("writing %d records`,
		pkg: "server/log/badgerlog", test: "TestAFailedCommitStopsTheLogForGoodAndReadingGoesOn",
	},
	{
		name: "the disk's reserve", file: "server/log/badgerlog/commit.go",
		guard: `	if free < reserve+uint64(size) {`, without: `	if free == 0 {`,
		pkg: "server/log/badgerlog", test: "TestWritingStopsAtTheDiskReserveAndGoesOnWhenThereIsSpaceAgain",
	},
}
