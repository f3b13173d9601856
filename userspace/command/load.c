// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `mandate load`: gives a table to the kernel.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"
#include "../digest.h"
#include "kernel.h"
#include "output.h"

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
	case -EPERM:
		return "it needs CAP_MAC_ADMIN, and to come from that namespace or above";
	case -ESTALE:
		return "the namespace is gone";
	default:
		return strerror(-error);
	}
}

#define UNPINNED                             \
	"%s: refused: no digest is pinned: " \
	"boot with mandate.digest=%s or mandate.unpinned"

static int complain(const char *path, const char *digest, int error)
{
	int code = mnd_exit_of_kernel(error);

	/* Who has to pin it wants to know what. */
	if (error == -ENOKEY)
		return mnd_complain(code, UNPINNED, path, digest);
	return mnd_complain(code, "%s: refused: %s", path, reason(error));
}

static int complain_of_folder(const char *number)
{
	char *path = mnd_kernel_path("namespaces");
	int code;

	code = mnd_complain(MND_EXIT_NOT_FOUND,
			    "namespace %s has no folder yet: write %s to %s",
			    number, number, path ? path : "namespaces");
	free(path);
	return code;
}

static int open_target(const char *number)
{
	char *name;
	int fd;

	if (!number)
		return mnd_kernel_open("load", O_WRONLY);
	if (asprintf(&name, "%s/policy", number) < 0)
		return -ENOMEM;
	fd = mnd_kernel_open(name, O_WRONLY);
	free(name);
	return fd;
}

/* Gives a table to the kernel; @digest is that of the table. */
static int put_table(const char *path, const char *number,
		     const struct mnd_table *table, const char *digest)
{
	int fd = open_target(number);
	int err;

	if (fd == -ENOENT && number)
		return complain_of_folder(number);
	if (fd < 0)
		return complain(path, digest, fd);
	err = mnd_write_all(fd, table->data, table->length);
	close(fd);
	return err ? complain(path, digest, err) : MND_EXIT_OK;
}

static int load(const char *path, const char *number, bool json)
{
	char digest[MND_DIGEST_SIZE];
	struct mnd_table table;
	u8 *bytes;
	int code;

	code = mnd_read_table(path, &bytes, &table);
	if (code)
		return code;
	if (mnd_digest(bytes, table.length, digest))
		code = mnd_complain(MND_EXIT_INTERNAL, "no SHA-256");
	else
		code = put_table(path, number, &table, digest);
	free(bytes);
	if (code || !json)
		return code;
	return mnd_print_table(digest, table.length);
}

static bool is_number(const char *text)
{
	return *text && !text[strspn(text, "0123456789")];
}

static int run(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "namespace", required_argument, NULL, 'n' },
		MND_OPTION_HELP,
		{},
	};
	const char *number = NULL;
	bool json = false;
	int option, code;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			json = true;
			break;
		case 'n':
			number = optarg;
			break;
		default:
			return mnd_other_option(&mnd_cmd_load, option);
		}
	}
	if (argc - optind != 1 || (number && !is_number(number)))
		return mnd_usage(&mnd_cmd_load);
	code = mnd_kernel_check();
	return code ? code : load(argv[optind], number, json);
}

const struct mnd_command mnd_cmd_load = {
	.name = "load",
	.usage = "[--json] [--namespace NUMBER] POLICY",
	.summary = "load a policy for the guest, or for one namespace in it",
	.run = run,
};
