// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate load`: gives a table to the kernel.
 */

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "digest.h"
#include "kernel.h"

/* Why the kernel refuses a table that is well formed. */
static const char *reason(int error)
{
	switch (error) {
	case -EAGAIN:
		return "there is no base policy that this one could narrow";
	case -EEXIST:
		return "there is a policy already, and it is never replaced";
	case -EKEYREJECTED:
		return "it is not the policy whose digest is pinned";
	case -ENOKEY:
		return "no digest is pinned: boot with mandate.digest= or mandate.unpinned";
	case -EPERM:
		return "it needs CAP_MAC_ADMIN, and to come from that namespace or above";
	case -ESTALE:
		return "the namespace is gone";
	default:
		return strerror(-error);
	}
}

static int complain(const char *path, int error)
{
	char digest[MND_DIGEST_SIZE];
	struct mnd_table table;
	u8 *bytes;

	/* Who has to pin it wants to know what. */
	if (error == -ENOKEY && !mnd_read_table(path, &bytes, &table)) {
		if (!mnd_digest(bytes, table.length, digest))
			fprintf(stderr, "mandate: %s: the digest is %s\n", path,
				digest);
		free(bytes);
	}
	return mnd_complain(mnd_exit_of(error), "%s: refused: %s", path,
			    reason(error));
}

static int write_table(int fd, const u8 *bytes, size_t length)
{
	ssize_t done;

	while (length) {
		done = write(fd, bytes, length);
		if (done < 0)
			return -errno;
		bytes += done;
		length -= (size_t)done;
	}
	return 0;
}

static int open_target(const char *namespace)
{
	char *name;
	int fd;

	if (!namespace)
		return mnd_kernel_open("load", O_WRONLY);
	if (asprintf(&name, "%s/policy", namespace) < 0)
		return -ENOMEM;
	fd = mnd_kernel_open(name, O_WRONLY);
	free(name);
	return fd;
}

static int load(const char *path, const char *namespace)
{
	struct mnd_table table;
	u8 *bytes;
	int fd, err, code;

	code = mnd_read_table(path, &bytes, &table);
	if (code)
		return code;
	fd = open_target(namespace);
	err = fd < 0 ? fd : write_table(fd, bytes, table.length);
	if (fd >= 0)
		close(fd);
	free(bytes);
	return err ? complain(path, err) : MND_EXIT_OK;
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "namespace", required_argument, NULL, 'n' },
		{},
	};
	const char *namespace = NULL;
	int option, code;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option != 'n' || !*optarg ||
		    optarg[strspn(optarg, "0123456789")])
			return mnd_usage(&mnd_cmd_load);
		namespace = optarg;
	}
	if (argc - optind != 1)
		return mnd_usage(&mnd_cmd_load);
	code = mnd_kernel_check();
	return code ? code : load(argv[optind], namespace);
}

const struct mnd_command mnd_cmd_load = {
	.name = "load",
	.usage = "[--namespace NUMBER] POLICY",
	.summary = "load a policy for the guest, or for one namespace in it",
	.run = run,
};
